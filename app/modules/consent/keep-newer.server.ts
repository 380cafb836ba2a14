import { Prisma } from '~/platform/db/index.server';
import { strictness } from './newest';

/**
 * Which of two decisions holds, as a row to compare: the newer, at one instant the stricter, and of two that are the same
 * the one that is not a checkout's, which may be taken back. `d` is the table or alias that has both.
 */
export function standingOf(
  d: 'excluded' | 'consents' | 't' | 'gone' | 'e',
  at: 'consented_at' | 'occurred_at',
): Prisma.Sql {
  const [time, state, source] = [at, 'state', 'source'].map((column) => Prisma.raw(`${d}.${column}`));
  return Prisma.sql`(${time}, array_position(${[...strictness]}::text[], ${state}), ${source} <> 'checkout')`;
}

/** The end of an INSERT into `consents`: what is known already stays unless the new one is newer. */
export const keepNewer = Prisma.sql`
  ON CONFLICT (shop_id, profile_id, channel) DO UPDATE
    SET state = excluded.state, level = excluded.level, source = excluded.source, consented_at = excluded.consented_at
    WHERE ${standingOf('excluded', 'consented_at')} > ${standingOf('consents', 'consented_at')}`;
