import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Child {
  name: string;
  stop: () => Promise<void>;
  kill: () => void;
}

/** Starts a process of the demo; what it prints goes to `<logs>/<name>.log`. */
export function startChild(
  name: string,
  command: string[],
  options: { env: Record<string, string>; logs: string },
): Child {
  const [program = 'node', ...args] = command;
  mkdirSync(options.logs, { recursive: true });
  const log = createWriteStream(path.join(options.logs, `${name}.log`), { flags: 'a' });
  const child = spawn(program, args, {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  return { name, stop: () => stop(child), kill: () => child.kill('SIGKILL') };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  await Promise.race([gone, sleep(10_000).then(() => child.kill('SIGKILL'))]);
}

/** Runs a command to its end, showing its output only when it fails. */
export async function run(command: string[], env: Record<string, string> = {}): Promise<void> {
  const [program = 'node', ...args] = command;
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0)
    throw new Error(`\`${command.join(' ')}\` failed:\n${Buffer.concat(output).toString('utf8')}`);
}

/** Waits until `url` answers at all. Throws after `timeoutMs`, naming the log to look into. */
export async function waitForHttp(url: string, hint: string, timeoutMs = 60_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (Date.now() < end) {
    const answered = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await sleep(150);
  }
  throw new Error(`Nothing answered at ${url} within ${timeoutMs / 1000} s. Look into ${hint}.`);
}
