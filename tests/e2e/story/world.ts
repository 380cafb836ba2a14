import { inject } from 'vitest';
import { z } from 'zod';
import { World } from '../../../dev/demo/story/world';

const stack = inject('stack');

/** Whose story it is. */
export const email = 'juno@example.com';

export async function withWorld<T>(work: (world: World) => Promise<T>): Promise<T> {
  const world = await World.open({ ...stack, stop: async () => {} });
  try {
    return await work(world);
  } finally {
    await world.close();
  }
}

/** The first value of a query's first row. */
export async function one(sql: string): Promise<string | undefined> {
  const row = await withWorld((world) => world.row(z.record(z.string(), z.string().nullable()), sql));
  return row ? (Object.values(row)[0] ?? undefined) : undefined;
}

export function later(ms: number): Promise<void> {
  return withWorld(async (world) => {
    await world.settled();
    await world.moveClock(ms);
  });
}

export function points(): Promise<string | undefined> {
  return one(
    `SELECT t.points_balance::text FROM profile_traits t JOIN profiles p ON p.shop_id = t.shop_id AND p.id = t.profile_id WHERE p.email = '${email}'`,
  );
}
