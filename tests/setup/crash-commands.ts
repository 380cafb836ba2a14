// A process that carries out the commands it is given, one after the other, and is killed in the middle: see
// tests/integration/crash. It says which one it begins and which one it has done.
import { once } from 'node:events';
import { z } from 'zod';
import { createPayouts, settlePayout } from '~/modules/affiliates/index.server';
import type { RewardCodes } from '~/modules/loyalty/types';
import { useDatabase, withShop } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { referralsDecided } from '~/processes/referrals-decided.server';
import { rewardRedeemed } from '~/processes/reward-redeemed.server';

const id = z.string().transform(BigInt);
const command = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('redeem'), profileId: id, rewardId: id, key: z.string() }),
  z.object({ kind: z.literal('decide'), referralId: id, decision: z.enum(['approved', 'rejected']) }),
  z.object({ kind: z.literal('pay'), key: z.string(), state: z.enum(['paid', 'cancelled']) }),
]);
const order = z.object({
  url: z.string(),
  codesUrl: z.string(),
  shopId: z.number(),
  now: z.coerce.date(),
  commands: z.array(command),
});
type Order = z.infer<typeof order>;

process.stdout.write('ready\n');
const given: unknown[] = await once(process.stdin, 'data');
const work = order.parse(JSON.parse(String(given[0])));
useDatabase(work.url);
for (const [index, one] of work.commands.entries()) {
  process.stdout.write(`begin ${index}\n`);
  await carryOut(work, one).catch(unlessRefused);
  process.stdout.write(`done ${index}\n`);
}
process.exit(0);

async function carryOut(input: Order, one: Order['commands'][number]): Promise<void> {
  const { shopId, now } = input;
  const about = { shopId, staff: 'staff:1', now };
  if (one.kind === 'redeem') {
    const { profileId, rewardId, key } = one;
    await rewardRedeemed({ shopId, profileId, rewardId, key, now, codes: codesAt(input.codesUrl) });
  } else if (one.kind === 'decide') {
    const decided = { ...about, referralIds: [one.referralId], decision: one.decision, reason: 'Looked at' };
    await withShop(shopId, (tx) => referralsDecided(tx, decided));
  } else {
    const { key, state } = one;
    const outcome = state === 'paid' ? { state, reference: 'T-1' } : { state };
    const { batchIds } = await withShop(shopId, (tx) => createPayouts(tx, { ...about, key }));
    for (const batchId of batchIds)
      await withShop(shopId, (tx) => settlePayout(tx, { ...about, batchId, outcome }));
  }
}

/** Who has no points left is refused, with kills and without. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
}

/** Rewards here are discounts. */
function none(): Promise<never> {
  return Promise.reject(new Error('no such thing here'));
}

/** Shopify, which outlives this process: the test plays it. */
function codesAt(url: string): RewardCodes {
  const ask = async <S extends z.ZodType>(schema: S, name: string, input: unknown): Promise<z.infer<S>> => {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify({ name, input }) });
    return schema.parse(await response.json());
  };
  return {
    find: (code) => ask(id.nullable(), 'find', code),
    create: ({ code }) => ask(z.object({ discountId: id }), 'create', code),
    disable: (discountId) => ask(z.object({ used: z.boolean() }), 'disable', String(discountId)),
    remove: none,
    inspect: () => Promise.resolve(new Map()),
    createPool: none,
    addCodes: none,
    followCodes: none,
    listCodes: none,
    removeCode: none,
    findGiftCard: none,
    createGiftCard: none,
    disableGiftCard: none,
    payCredit: none,
  };
}
