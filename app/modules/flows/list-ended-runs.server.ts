import type { Tx } from '~/platform/db/index.server';
import type { ExitCondition } from './definition';
import { loadDefinitions, type DefinitionCache } from './load-definitions.server';
import { loadFacts } from './load-facts.server';
import { findExit } from './plan';

/**
 * Of these runs, under way or over, those that would end now, and why: for a mail that was written in time and goes out late.
 */
export async function listEndedRuns(
  tx: Tx,
  input: { shopId: number; runIds: bigint[]; now: Date },
): Promise<Map<bigint, ExitCondition | 'redacted'>> {
  const { shopId, runIds } = input;
  if (runIds.length === 0) return new Map();
  const runs = await tx.flowRun.findMany({
    where: { shopId, id: { in: runIds } },
    select: { id: true, flowKey: true, version: true },
  });
  const definitions: DefinitionCache = new Map();
  await loadDefinitions(tx, { shopId, runs, definitions });
  const facts = await loadFacts(tx, input);
  return new Map(
    runs.flatMap(({ id, flowKey, version }) => {
      const definition = definitions.get(`${flowKey}:${version}`);
      const known = facts.get(id);
      const end = definition && known ? findExit(definition, known) : null;
      return end === null ? [] : [[id, end] as const];
    }),
  );
}
