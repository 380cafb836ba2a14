import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { simulateShop } from '../../tests/factories/simulated-shop';

/** When the story begins. It takes about four days per thousand visits. */
export const storyStart = new Date('2026-05-01T08:00:00Z');

const storySchema = z.array(
  z.object({
    topic: z.string(),
    webhookId: z.string(),
    eventId: z.string(),
    triggeredAt: z.string(),
    body: z.string(),
  }),
);
export type Story = z.infer<typeof storySchema>;

const keptIn = '.data/bench/stories';

/**
 * What the stand-in store tells the app while this many people visit a shop: about ten deliveries each. Told once and kept;
 * by a process of its own, because the store would go on living beside what is measured.
 */
export async function loadStory(visits: number): Promise<Story> {
  const teller = await readFile('tests/factories/simulated-shop.ts');
  const version = createHash('sha256').update(teller).digest('hex').slice(0, 8);
  const file = path.join(keptIn, `${visits}-${version}.json`);
  if (!existsSync(file)) {
    const tell = promisify(execFile);
    await tell('node', ['--import', 'tsx', 'dev/bench/story.ts', String(visits), file]);
  }
  return storySchema.parse(JSON.parse(await readFile(file, 'utf8')));
}

async function main(): Promise<void> {
  const [visits = '', file = ''] = process.argv.slice(2);
  const { deliveries } = await simulateShop({ shoppers: Number(visits), seed: 7, startedAt: storyStart });
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.part`, JSON.stringify(storySchema.parse(deliveries)));
  await rename(`${file}.part`, file);
  process.exit(0); // the store would still try to deliver
}

if (process.argv[1]?.endsWith('story.ts')) await main();
