import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { build, type PluginBuild } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clock } from '~/platform/clock.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { redemptionsFinished } from '~/processes/redemptions-finished.server';
import { referralsDue } from '~/processes/referrals-due.server';
import { settleReferrals } from '~/processes/settle-referrals.server';
import { aGroup, anAffiliate, codeOrder, commissionTotals } from '../../factories/affiliates';
import { guest, orderFact } from '../../factories/facts';
import { ledgerTotals } from '../../factories/loyalty';
import { arrive } from '../../factories/records';
import { after, aReferralShop, claimedAt } from '../../factories/referrals';
import { aMember, aReward, FakeCodes } from '../../factories/rewards';
import { randomFrom } from '../../factories/simulated-shop';
import { useTestDatabase } from '../../setup/database';

const { url } = useTestDatabase();
const random = randomFrom(7);
const script = path.resolve('.data/crash/commands.mjs');
const [members, friends, payouts] = [6, 30, 12];
const killsPerLane = 10;
const now = after(60);

type Command = Record<string, string>;

let places: { server: Server; codes: FakeCodes; url: string }[] = [];

beforeAll(async () => {
  mkdirSync(path.dirname(script), { recursive: true });
  await build({
    entryPoints: ['tests/setup/crash-commands.ts'],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'warning',
    plugins: [{ name: 'no-mails', setup: leaveMailsOut }],
  });
  places = await Promise.all([shopify(), shopify()]);
}, 60_000);

afterAll(() => {
  for (const { server } of places) server.close();
});

describe('redemptions, decisions and payouts, killed 30 times', () => {
  it('end as they do when nobody dies', async () => {
    const [calm, rough] = places;
    const [undisturbed, disturbed] = [await aShopWithWork(1), await aShopWithWork(2)];
    await Promise.all(
      undisturbed.lanes.map((lane) => runToEnd(lane, { ...undisturbed, codesUrl: calm!.url })),
    );
    const hits = await Promise.all(
      disturbed.lanes.map((lane) => runKilled(lane, { ...disturbed, codesUrl: rough!.url })),
    );
    const interrupted = hits.reduce((sum, hit) => sum + hit, 0);
    process.stdout.write(`crash: ${interrupted} of ${3 * killsPerLane} kills met a command half done\n`);
    expect(interrupted).toBeGreaterThan(15); // else they met idle processes, and this proves nothing
    await sweep(undisturbed.shopId, calm!.codes);
    await sweep(disturbed.shopId, rough!.codes);
    expect(await endOf(disturbed.shopId, rough!.codes)).toEqual(await endOf(undisturbed.shopId, calm!.codes));
    expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
    expect(await commissionTotals()).toEqual({ drifted: 0, sum: 0, unbalanced: 0 });
  }, 300_000);
});

/** What writes mails is half of the time a process takes to start, and none of these commands writes one. */
function leaveMailsOut(bundle: PluginBuild): void {
  bundle.onResolve({ filter: /^(@react-email\/|react|nodemailer)/ }, () => ({ path: 'none', namespace: 'none' }));
  bundle.onLoad({ filter: /.*/, namespace: 'none' }, () => ({ contents: 'module.exports = {}' }));
}

/** Members with points for four rewards who ask for five, friends who have ordered, affiliates who are owed something. */
async function aShopWithWork(seed: number): Promise<{ shopId: number; lanes: Command[][] }> {
  const { shopId, advocateId, code } = await aReferralShop();
  const rewardId = String(await aReward(shopId, { points: 100 }));
  const redeem: Command[] = [];
  for (let member = 0; member < members; member += 1) {
    const profileId = String(await aMember(shopId, 450));
    for (let n = 0; n < 5; n += 1)
      redeem.push({ kind: 'redeem', profileId, rewardId, key: `${member}-${n}` });
  }
  const groupId = await aGroup(shopId, { holdDays: 0 });
  const partners = [1, 2].map((n) => anAffiliate(shopId, groupId, { code: `P-${seed}-${n}` }));
  const codes = (await Promise.all(partners)).map((partner) => partner.code);
  const at = { processedAt: after(1), updatedAt: after(1) };
  const brought = Array.from({ length: friends }, (_, n) =>
    orderFact(BigInt(n + 1), { person: guest(emailOf(n)), ...at }),
  );
  const sold = codes.map((partner, n) =>
    codeOrder(BigInt(900 + n), partner, { person: guest(`buyer${n}@x.example`), ...at }),
  );
  await arrive(shopId, { orders: [...brought, ...sold] }, { now: after(1) });
  const decide = await claimFor({ shopId, advocateId, code });
  const pay = Array.from({ length: payouts }, (_, n) => ({
    kind: 'pay',
    key: `p-${n}`,
    state: n === payouts - 1 ? 'paid' : 'cancelled',
  }));
  return { shopId, lanes: [redeem, decide, pay] };
}

const emailOf = (n: number) => `pal.${n.toString(36).repeat(5)}@friend.example`;

/** Claims as rows, which is all that decisions ask for; every third is to be rejected. */
async function claimFor(shop: { shopId: number; advocateId: bigint; code: string }): Promise<Command[]> {
  const { shopId, advocateId, code } = shop;
  const people = await prisma().profile.findMany({
    where: { shopId, email: { endsWith: '@friend.example' } },
    orderBy: { email: 'asc' },
  });
  await prisma().referral.createMany({
    data: people.map(({ id, email }, n) => ({
      shopId,
      claimKey: `claim of ${email}`,
      advocateId,
      friendId: id,
      code,
      programmeVersion: 1,
      claimedAt: new Date(claimedAt.getTime() - n * 3 * 3_600_000),
      offerCode: `F-${n}`,
      offerState: 'made',
      discountId: BigInt(10_000 + n),
    })),
  });
  const rows = await prisma().referral.findMany({ where: { shopId }, orderBy: { claimKey: 'asc' } });
  const referralIds = rows.map(({ id }) => id);
  await withShop(shopId, (tx) => settleReferrals(tx, { shopId, referralIds, now }));
  return referralIds.map((id, n) => ({
    kind: 'decide',
    referralId: String(id),
    decision: n % 3 === 0 ? 'rejected' : 'approved',
  }));
}

/** Shopify's discounts, which outlive whoever asks for them. */
async function shopify(): Promise<(typeof places)[number]> {
  const codes = new FakeCodes();
  const server = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const { name, input } = JSON.parse(body) as { name: string; input: string };
      await sleep(5); // time to die in
      const made = { code: input, shopifyCustomerId: null } as Parameters<FakeCodes['create']>[0];
      const told =
        name === 'find'
          ? await codes.find(input)
          : name === 'create'
            ? await codes.create(made)
            : await codes.disable(BigInt(input));
      response.end(
        JSON.stringify(told, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
      );
    })();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { server, codes, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

interface Place {
  shopId: number;
  codesUrl: string;
}

interface Worker {
  child: ChildProcess;
  lines: Interface;
  ready: Promise<unknown>;
}

/** A process that waits for its commands: started before it is needed, because starting takes longest. */
function spare(): Worker {
  const child = spawn('node', [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  return { child, lines, ready: once(lines, 'line') };
}

function give({ child }: Worker, commands: Command[], { shopId, codesUrl }: Place): void {
  child.stdin!.write(`${JSON.stringify({ url: url(), codesUrl, shopId, now, commands })}\n`);
}

async function runToEnd(commands: Command[], place: Place): Promise<void> {
  const worker = spare();
  await worker.ready;
  give(worker, commands, place);
  const [code] = (await once(worker.child, 'exit')) as [number | null];
  expect(code).toBe(0);
}

/** Kills the process in the middle, again and again; who comes next repeats the last ones. Returns how often one was half done. */
async function runKilled(commands: Command[], place: Place): Promise<number> {
  let from = 0;
  let interrupted = 0;
  let next = spare();
  for (let kill = 0; kill < killsPerLane; kill += 1) {
    const worker = next;
    await worker.ready;
    next = spare();
    const begun = await killAt(worker, commands.slice(from), place, 1 + Math.floor(random() * 3));
    if (begun.half) interrupted += 1;
    from = Math.max(0, from + begun.last - 1);
  }
  next.child.kill('SIGKILL');
  await runToEnd(commands.slice(from), place);
  return interrupted;
}

/** Lets it begin so many commands, and dies within the last one. */
async function killAt(
  worker: Worker,
  commands: Command[],
  place: Place,
  count: number,
): Promise<{ last: number; half: boolean }> {
  let last = 0;
  let half = false;
  const reached = new Promise<void>((resolve) => {
    worker.lines.on('line', (line) => {
      const [word, index] = line.split(' ');
      half = word === 'begin';
      last = Number(index);
      if (half && last + 1 >= count) resolve();
    });
    worker.child.once('exit', () => resolve());
  });
  give(worker, commands, place);
  await reached;
  await sleep(random() * 25);
  worker.child.kill('SIGKILL');
  if (worker.child.exitCode === null && worker.child.signalCode === null) await once(worker.child, 'exit');
  return { last, half };
}

/** What the jobs do with what was left half done. */
async function sweep(shopId: number, codes: FakeCodes): Promise<void> {
  for (const minutes of [5, 30, 90]) {
    clock.moveTo(now.getTime() + minutes * 60_000 - Date.now());
    await redemptionsFinished(shopId, codes);
    await referralsDue(shopId, codes);
  }
  clock.moveTo(0);
}

/** Everything that is to be the same, without the numbers of rows. */
async function endOf(shopId: number, codes: FakeCodes): Promise<unknown> {
  const rows = (sql: string) => prisma().$queryRawUnsafe<Record<string, unknown>[]>(sql, shopId);
  return {
    redemptions: await rows(
      `SELECT key, state, points FROM redemptions WHERE shop_id = $1 ORDER BY key COLLATE "C"`,
    ),
    points: await rows(
      `SELECT kind, balance::int AS balance, count(*)::int AS accounts FROM ledger_accounts
       WHERE shop_id = $1 GROUP BY 1, 2 ORDER BY 1, 2`,
    ),
    entries: await rows(
      `SELECT kind, count(*)::int AS entries FROM ledger_transactions WHERE shop_id = $1 GROUP BY 1 ORDER BY 1`,
    ),
    referrals: await rows(
      `SELECT claim_key, state, decision, reward_points, moves, offer_state FROM referrals WHERE shop_id = $1 ORDER BY 1`,
    ),
    payouts: await rows(
      `SELECT create_key, state, reference, total::text FROM affiliate_payout_batches WHERE shop_id = $1 ORDER BY create_key`,
    ),
    money: await rows(
      `SELECT kind, balance::text, count(*)::int AS accounts FROM affiliate_accounts WHERE shop_id = $1 GROUP BY 1, 2 ORDER BY 1, 2`,
    ),
    bookings: await rows(
      `SELECT kind, count(*)::int AS bookings FROM affiliate_transactions WHERE shop_id = $1 GROUP BY 1 ORDER BY 1`,
    ),
    happenings: await rows(
      `SELECT kind, count(*)::int AS happenings FROM timeline_events WHERE shop_id = $1 GROUP BY 1 ORDER BY 1`,
    ),
    codes: [...codes.made.values()].filter(({ active }) => active).length,
  };
}
