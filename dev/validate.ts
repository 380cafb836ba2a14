import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { noteAppBuild } from './demo/build';
import { compressedLimit, describeBundle, measureExtension, uiExtensions } from './extension-build';

/**
 * What CI runs: every check, then every test. Checks run two at a time (most use one core), tests alone, because some of
 * them measure time. Output is shown of what fails; a table of times and the number of tests close the run.
 */

interface Check {
  name: string;
  command: string;
  /** Looks at what the command has made; throws what is wrong with it, returns a word about it. */
  inspect?: () => Promise<string>;
}

interface Outcome {
  name: string;
  passed: boolean;
  seconds: number;
  note: string;
}

type Report = z.infer<typeof Report>;
const Report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
});

const root = path.resolve(import.meta.dirname, '..');
const report = path.join(root, '.cache/validate/tests.json');
const appUrl = process.env.APP_URL ?? 'https://perennial.example.com';

// The slow ones first, so that the short ones fill the gaps.
const checks: Check[] = [
  { name: 'lint', command: 'npm run --silent lint' },
  { name: 'typecheck', command: 'npm run --silent typecheck' },
  { name: 'build', command: 'npm run --silent build', inspect: keepBuild },
  { name: 'extensions', command: 'npx shopify app build --path .', inspect: inspectExtensions },
  { name: 'format', command: 'npm run --silent format:check' },
  { name: 'unused', command: 'npm run --silent unused' },
  { name: 'boundaries', command: 'npm run --silent boundaries' },
  { name: 'duplicates', command: 'npm run --silent duplicates' },
];
const atOnce = 2;

async function main(): Promise<void> {
  await rm(path.dirname(report), { recursive: true, force: true });
  await mkdir(path.dirname(report), { recursive: true });

  const outcomes = await runChecks();
  const tests = await runTests();
  printTable([...outcomes, tests]);
  for (const failure of tests.details) console.log(`${failure}\n`);
  console.log(tests.note);
  process.exitCode = tests.passed && outcomes.every(({ passed }) => passed) ? 0 : 1;
}

async function runChecks(): Promise<Outcome[]> {
  const waiting = [...checks];
  const outcomes: Outcome[] = [];
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) outcomes.push(await runCheck(check));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return outcomes;
}

async function runCheck({ name, command, inspect }: Check): Promise<Outcome> {
  const started = performance.now();
  const { code, output } = await run(command, { quiet: true });
  let passed = code === 0;
  let note = '';
  if (passed && inspect) {
    try {
      note = await inspect();
    } catch (error) {
      passed = false;
      note = error instanceof Error ? error.message : String(error);
    }
  }
  const seconds = (performance.now() - started) / 1000;
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)${note ? ` ${note}` : ''}`);
  if (!passed) console.log(`\n$ ${command}\n${output.trimEnd()}\n`);
  return { name, passed, seconds, note };
}

/** The browser tests run on this build instead of one of their own. */
async function keepBuild(): Promise<string> {
  await noteAppBuild();
  return '';
}

async function inspectExtensions(): Promise<string> {
  return (await Promise.all(uiExtensions.map(inspectExtension))).join('; ');
}

async function inspectExtension(name: string): Promise<string> {
  const bundle = await measureExtension(name);
  const summary = describeBundle(bundle);
  if (bundle.compressedBytes > compressedLimit) throw new Error(`too large: ${summary}`);
  if ((await readFile(bundle.file, 'utf8')).includes('process.env')) {
    throw new Error('the bundle reads process.env, which a shopper’s browser does not have');
  }
  return summary;
}

async function runTests(): Promise<Outcome & { details: string[] }> {
  const started = performance.now();
  const command = `npx vitest run --reporter=default --reporter=json --outputFile.json=${path.relative(root, report)}`;
  const { code } = await run(command, { quiet: false });
  const results = await readReport();
  const failures = results ? countFailures(results) : 0;
  return {
    name: 'tests',
    // The report decides as well as the exit code: a process that is ended from outside may look like a good one.
    passed: code === 0 && results !== null && results.numPassedTests > 0 && failures === 0,
    seconds: (performance.now() - started) / 1000,
    note: results ? `${results.numPassedTests} passed, ${failures} failed` : 'no report was written',
    details: results ? describeFailures(results) : [],
  };
}

async function readReport(): Promise<Report | null> {
  const text = await readFile(report, 'utf8').catch(() => null);
  return text === null ? null : (Report.safeParse(JSON.parse(text)).data ?? null);
}

/** A file that can't even be loaded has no tests that could fail. */
function countFailures({ numFailedTests, numFailedTestSuites }: Report): number {
  return numFailedTests === 0 ? numFailedTestSuites : numFailedTests;
}

/** What failed, by file and name: the last lines of a log are the ones people see. */
function describeFailures({ testResults }: Report): string[] {
  return testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, message, assertionResults }) => {
      const file = path.relative(root, name);
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      if (failed.length === 0) return [`${file}: ${message}`];
      return failed.map(
        ({ fullName, failureMessages }) => `${file}: ${fullName}\n  ${failureMessages.join('\n  ')}`,
      );
    });
}

function run(command: string, { quiet }: { quiet: boolean }): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command, {
      cwd: root,
      shell: true,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      env: { ...process.env, APP_URL: appUrl, CI: '1', SHOPIFY_CLI_NO_ANALYTICS: '1' },
    });
    const collect = (chunk: Buffer) => (output += chunk.toString());
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.once('error', (error) => resolve({ code: 1, output: `${output}${error.message}` }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function printTable(outcomes: Outcome[]): void {
  const width = Math.max(...outcomes.map(({ name }) => name.length));
  console.log('');
  for (const { name, passed, seconds, note } of outcomes) {
    const time = seconds.toFixed(1).padStart(7);
    console.log(`${passed ? 'ok    ' : 'FAILED'}  ${name.padEnd(width)}  ${time} s  ${note}`.trimEnd());
  }
  console.log('');
}

await main();
