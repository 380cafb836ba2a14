import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { stateSchema, type State } from './model';

const BIGINT_MARK = 'bigint:';

function encode(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${BIGINT_MARK}${value.toString()}` : value;
}

function decode(_name: string, value: unknown): unknown {
  const isBigint = typeof value === 'string' && /^bigint:\d+$/.test(value);
  return isBigint ? BigInt(value.slice(BIGINT_MARK.length)) : value;
}

export function loadState(file: string): State | null {
  if (!existsSync(file)) return null;
  return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8'), decode));
}

/** Writes beside the file and renames, so that a crash leaves the old file whole. */
export function saveState(file: string, state: State): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.tmp`, JSON.stringify(state, encode));
  renameSync(`${file}.tmp`, file);
}
