import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { ApiContext, Arguments, View } from './context';
import { userErrors, type UserError } from './user-errors';

const argsSchema = z.object({ handle: z.string(), payload: z.record(z.string(), z.unknown()) });
const mostBytes = 50_000;
const mostKept = 200;
const extensions = path.resolve(import.meta.dirname, '../../../extensions');

/** The fields of each trigger the app brings along, by handle: read from its toml as `shopify app deploy` sends it. */
function triggerFields(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const name of readdirSync(extensions)) {
    if (!name.startsWith('flow-')) continue;
    const toml = readFileSync(path.join(extensions, name, 'shopify.extension.toml'), 'utf8');
    const handle = /^handle = "([^"]+)"/m.exec(toml)?.[1];
    if (!/^type = "flow_trigger"/m.test(toml) || handle === undefined) continue;
    const keys = [...toml.matchAll(/^key = "([^"]+)"/gm)].map((match) => match[1] ?? '');
    found.set(handle, /customer_reference/.test(toml) ? ['customer_id', ...keys] : keys);
  }
  return found;
}

/** `flowTriggerReceive`: refuses handles the app does not have, and fields they do not have or lack. */
export function receiveFlowTrigger(api: ApiContext, args: Arguments): View {
  const { handle, payload } = argsSchema.parse(args);
  const fields = triggerFields().get(handle);
  const mistakes: UserError[] = [];
  if (fields === undefined) mistakes.push({ field: ['handle'], message: `Invalid handle '${handle}'.` });
  if (JSON.stringify(payload).length > mostBytes)
    mistakes.push({ field: ['payload'], message: 'Payload exceeds the maximum size of 50000 bytes.' });
  for (const key of fields ?? []) {
    if (!Object.hasOwn(payload, key))
      mistakes.push({ field: ['payload'], message: `Required property '${key}' is missing.` });
  }
  for (const key of Object.keys(payload)) {
    if (fields && !fields.includes(key))
      mistakes.push({ field: ['payload'], message: `Property '${key}' is not defined by the trigger.` });
  }
  if (mistakes.length === 0) {
    api.shop.flowTriggers = [...api.shop.flowTriggers, { handle, payload, at: api.store.clock.iso() }].slice(
      -mostKept,
    );
    api.store.touch();
  }
  return { __typename: 'FlowTriggerReceivePayload', userErrors: userErrors('UserError', mistakes) };
}
