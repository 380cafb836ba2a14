import { readFile } from 'node:fs/promises';
import { pool } from '~/platform/db/index.server';

/** Clock ticks a second, in which Linux counts processor time (always 100 for programs). */
const ticksPerSecond = 100;

export interface ProcessorTime {
  /** Of this process, all its threads, in milliseconds. */
  nodeMs: number;
  /** Of the database's processes that work for this database; null where the system does not tell. */
  databaseMs: number | null;
}

/** How much processor time something takes: unlike its duration hardly longer on a busy machine. */
export async function measureProcessor(work: () => Promise<void>): Promise<ProcessorTime> {
  const [node, database] = [process.cpuUsage(), await databaseTicks()];
  await work();
  const { user, system } = process.cpuUsage(node);
  const after = await databaseTicks();
  const known = [...after.values()].length > 0;
  const ticks = [...after].reduce((sum, [pid, count]) => sum + count - (database.get(pid) ?? 0), 0);
  return { nodeMs: (user + system) / 1_000, databaseMs: known ? (ticks * 1_000) / ticksPerSecond : null };
}

/** For a figure's note: what one of `count` took. */
export function processorNote({ nodeMs, databaseMs }: ProcessorTime, count: number): string {
  const each = (ms: number) => (ms / count).toFixed(2);
  const database = databaseMs === null ? '' : ` + ${each(databaseMs)} of the database`;
  return `${each(nodeMs)} ms of processor${database} each`;
}

/** By process; connections stay open, so none is missed. */
async function databaseTicks(): Promise<Map<number, number>> {
  const { rows } = await pool().query<{ pid: number }>(
    'SELECT pid FROM pg_stat_activity WHERE datname = current_database()',
  );
  const ticks = new Map<number, number>();
  for (const { pid } of rows) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (stat.includes('(postgres)')) ticks.set(pid, Number(fields[11]) + Number(fields[12]));
  }
  return ticks;
}
