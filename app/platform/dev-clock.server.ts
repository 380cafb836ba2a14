import { z } from 'zod';
import { clock } from './clock.server';
import { prisma } from './db/prisma.server';
import { log } from './log.server';

const key = 'dev.clock';
const stateSchema = z.object({ offsetMs: z.number().int() });

/** Development only: moves the clock of every process of this installation; each one follows within a second. */
export async function moveDevClock(offsetMs: number): Promise<void> {
  const value = { offsetMs };
  const updatedAt = new Date();
  await prisma().platformState.upsert({
    where: { key },
    create: { key, value, updatedAt },
    update: { value, updatedAt },
  });
  clock.moveTo(offsetMs);
}

/** Development only: keeps this process's clock where `moveDevClock` put it. Returns how to stop following. */
export async function followDevClock(): Promise<() => void> {
  const follow = async () => {
    const row = await prisma().platformState.findUnique({ where: { key } });
    if (row) clock.moveTo(stateSchema.parse(row.value).offsetMs);
  };
  await follow();
  const timer = setInterval(() => {
    follow().catch((error: unknown) => log.warn({ err: error }, 'could not read the development clock'));
  }, 1_000);
  return () => clearInterval(timer);
}
