import path from 'node:path';
import { startStack, type Ports } from './demo/stack';
import { playStory } from './demo/story/play';

const demoPorts: Ports = { app: 3000, store: 4000, inbox: 4025, smtp: 2525, postgres: 54_329 };
// The story starts over each time, beside a demo that somebody may have open.
const scriptPorts: Ports = { app: 3100, store: 4100, inbox: 4125, smtp: 2625, postgres: 54_339 };

const flags = new Set(process.argv.slice(2));
const say = (line: string) => process.stdout.write(`${line}\n`);

if (flags.has('--script')) await script();
else await demo();

async function script(): Promise<void> {
  const started = Date.now();
  const stack = await startStack({ dataDir: '.data/story', ports: scriptPorts, fresh: true, say });
  const held = await playStory(stack, say).finally(() => stack.stop());
  say(`finished in ${Math.round((Date.now() - started) / 1000)} s`);
  process.exit(held ? 0 : 1);
}

async function demo(): Promise<void> {
  const started = Date.now();
  const stack = await startStack({
    dataDir: path.resolve('.data/demo'),
    ports: demoPorts,
    fresh: flags.has('--fresh'),
    say,
  });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    say('\nstopping …');
    void stack.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  say(
    [
      '',
      `Perennial runs (after ${Math.round((Date.now() - started) / 1000)} s). Open:`,
      `  admin       ${stack.storeUrl}/admin/${stack.shop}      install the app here, then use it`,
      `  storefront  ${stack.storeUrl}/shop/${stack.shop}`,
      `  inbox       ${stack.inboxUrl}                                        every mail it sends`,
      `  jobs        ${stack.appUrl}/jobs                                   user admin, password ${stack.jobsPassword}`,
      '',
      'Ctrl-C stops all of it; the data stays. `npm run demo -- --fresh` starts over.',
      '',
    ].join('\n'),
  );
}
