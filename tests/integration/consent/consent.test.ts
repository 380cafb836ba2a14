import { describe, expect, it } from 'vitest';
import {
  applyConsentFacts,
  checkRecipients,
  getConsent,
  listSuppressed,
  mergeConsents,
  pushConsents,
  subscribe,
  suppress,
  unsubscribe,
  type ConsentNews,
} from '~/modules/consent/index.server';
import type { ConsentFact, ConsentState } from '~/modules/consent/types';
import { withShop } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { createMailShop, createRecipient } from '../../factories/message';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const at = (second: number, milliseconds = 0) => new Date(Date.UTC(2026, 4, 4, 10, 0, second, milliseconds));
let counter = 100n;
const customerId = () => (counter += 1n);

function fact(
  shopifyCustomerId: bigint,
  state: ConsentState,
  second: number,
  over: Partial<ConsentFact> = {},
): ConsentFact {
  const key = `${shopifyCustomerId}:${state}:${second}`;
  return {
    shopifyCustomerId,
    email: null,
    state,
    level: null,
    source: 'shopify',
    occurredAt: at(second),
    key,
    ...over,
  };
}
const apply = (shopId: number, facts: ConsentFact[]) =>
  withShop(shopId, (tx) => applyConsentFacts(tx, { shopId, facts, now: at(0) }));
const stateOf = async (shopId: number, profileId: bigint) =>
  (await withShop(shopId, (tx) => getConsent(tx, { shopId, profileId }))).state;
const leave = (shopId: number, profileId: bigint, now: Date, key = `leave:${now.getTime()}`) =>
  withShop(shopId, (tx) =>
    unsubscribe(tx, { shopId, profileId, source: 'one_click', key, evidence: { messageId: '1' }, now }),
  );
const join = (shopId: number, profileId: bigint, now: Date) =>
  withShop(shopId, (tx) =>
    subscribe(tx, { shopId, profileId, source: 'merchant', key: `join:${now.getTime()}`, evidence: {}, now }),
  );
const pushes = (shopId: number) =>
  withShop(shopId, (tx) => tx.consentPush.findMany({ where: { pushedAt: null }, orderBy: { id: 'asc' } }));

async function shopWithCustomer(state: ConsentState | null = null) {
  const shopId = await createMailShop();
  const id = customerId();
  const profileId = await createRecipient(shopId, { shopifyCustomerId: id, state });
  // As the records know it: the identity a fact finds the person by.
  await withShop(shopId, (tx) =>
    tx.profileIdentity.create({
      data: { shopId, kind: 'shopify', value: id.toString(), profileId, assertedAt: at(0) },
    }),
  );
  return { shopId, profileId, id };
}

describe('facts about consent', () => {
  it('keep the newest decision, in whatever order and number they come', async () => {
    const { shopId, profileId, id } = await shopWithCustomer();
    const facts = [fact(id, 'subscribed', 10), fact(id, 'unsubscribed', 30), fact(id, 'pending', 20)];
    const { changes } = await apply(shopId, facts);
    expect(changes).toMatchObject([{ profileId, state: 'unsubscribed', was: null }]);
    await apply(shopId, [facts[0]!]);
    const again = await apply(shopId, facts);
    expect(again).toEqual({ profileIds: [profileId], changes: [] });
    expect(await stateOf(shopId, profileId)).toBe('unsubscribed');
    expect(await withShop(shopId, (tx) => tx.consentEvent.count({ where: { profileId } }))).toBe(3);
  });

  it('let the stricter one win at the same instant, whichever came first', async () => {
    for (const order of [
      ['subscribed', 'unsubscribed'],
      ['unsubscribed', 'subscribed'],
    ] as const) {
      const { shopId, profileId, id } = await shopWithCustomer();
      for (const state of order) await apply(shopId, [fact(id, state, 10)]);
      expect(await stateOf(shopId, profileId)).toBe('unsubscribed');
    }
  });

  it('told twice at once are told once', async () => {
    const { shopId, profileId, id } = await shopWithCustomer();
    const facts = [fact(id, 'subscribed', 10), fact(id, 'unsubscribed', 20)];
    await Promise.all(Array.from({ length: 5 }, () => apply(shopId, facts)));
    expect(await stateOf(shopId, profileId)).toBe('unsubscribed');
    expect(await withShop(shopId, (tx) => tx.consentEvent.count({ where: { profileId } }))).toBe(2);
  });

  it('of nobody are ignored, and those of one shop do not reach another', async () => {
    const one = await shopWithCustomer();
    const two = await createMailShop();
    expect(await apply(one.shopId, [fact(0n, 'subscribed', 1, { shopifyCustomerId: null })])).toMatchObject({
      profileIds: [],
    });
    await apply(two, [fact(one.id, 'subscribed', 10)]);
    expect(await stateOf(one.shopId, one.profileId)).toBe('not_subscribed');
  });

  it('never owe Shopify what Shopify said, and the echo of our own news changes nothing', async () => {
    const { shopId, profileId, id } = await shopWithCustomer();
    await apply(shopId, [fact(id, 'subscribed', 10)]);
    expect(await pushes(shopId)).toEqual([]);
    await leave(shopId, profileId, at(20, 700));
    const [owed] = await pushes(shopId);
    await withShop(shopId, (tx) => tx.consentPush.updateMany({ data: { pushedAt: at(21) } }));
    await apply(shopId, [fact(id, 'unsubscribed', 20, { occurredAt: owed!.occurredAt, key: 'echo' })]);
    expect(await pushes(shopId)).toEqual([]);
    expect(await stateOf(shopId, profileId)).toBe('unsubscribed');
  });

  it('that lag behind a decision made with us make us tell Shopify, once', async () => {
    const { shopId, profileId, id } = await shopWithCustomer();
    await withShop(shopId, (tx) =>
      tx.profile.updateMany({ where: { id: profileId }, data: { shopifyCustomerId: null } }),
    );
    await leave(shopId, profileId, at(20)); // a guest: nobody to tell
    expect(await pushes(shopId)).toEqual([]);
    await withShop(shopId, (tx) =>
      tx.profile.updateMany({ where: { id: profileId }, data: { shopifyCustomerId: id } }),
    );
    await apply(shopId, [fact(id, 'subscribed', 10)]);
    await apply(shopId, [fact(id, 'subscribed', 10, { key: 'told again' })]);
    expect(await pushes(shopId)).toMatchObject([{ profileId, state: 'unsubscribed' }]);
    expect(await stateOf(shopId, profileId)).toBe('unsubscribed');
  });
});

describe('decisions made with us', () => {
  it('take effect once, with evidence and news for Shopify', async () => {
    const { shopId, profileId } = await shopWithCustomer('subscribed');
    expect(await leave(shopId, profileId, at(20))).toEqual({ changed: true });
    expect(await leave(shopId, profileId, at(25))).toEqual({ changed: false });
    expect(await pushes(shopId)).toMatchObject([{ profileId, state: 'unsubscribed', occurredAt: at(20) }]);
    const events = await withShop(shopId, (tx) => tx.consentEvent.findMany({ where: { profileId } }));
    expect(events).toMatchObject([
      { state: 'unsubscribed', source: 'one_click', evidence: { messageId: '1' } },
    ]);
  });

  it('made by many clicks at once are one', async () => {
    const { shopId, profileId } = await shopWithCustomer('subscribed');
    const results = await Promise.all(
      Array.from({ length: 6 }, (_, index) => leave(shopId, profileId, at(20, index))),
    );
    expect(results.filter(({ changed }) => changed)).toHaveLength(1);
    expect(await pushes(shopId)).toHaveLength(1);
  });

  it('win over a Shopify whose clock is ahead, and coming back within the second works', async () => {
    const { shopId, profileId, id } = await shopWithCustomer();
    await apply(shopId, [fact(id, 'subscribed', 50)]);
    await leave(shopId, profileId, at(20));
    expect(await stateOf(shopId, profileId)).toBe('unsubscribed');
    await join(shopId, profileId, at(20, 500));
    expect(await stateOf(shopId, profileId)).toBe('subscribed');
    await apply(shopId, [fact(id, 'unsubscribed', 55)]);
    expect(await stateOf(shopId, profileId)).toBe('unsubscribed');
  });

  it('to leave wins a race with a fact of the same second', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { shopId, profileId, id } = await shopWithCustomer();
      await Promise.all([leave(shopId, profileId, at(20, 900)), apply(shopId, [fact(id, 'subscribed', 20)])]);
      expect(await stateOf(shopId, profileId)).toBe('unsubscribed');
    }
  });
});

describe('what is owed to Shopify', () => {
  const tellAll = async (shopId: number) => {
    const told: ConsentNews[] = [];
    await pushConsents({ shopId, now: at(59), tell: async (news) => void told.push(news) });
    return told.map(({ state, occurredAt }) => ({ state, occurredAt }));
  };

  it('is not told once somebody decided otherwise in Shopify', async () => {
    const { shopId, profileId, id } = await shopWithCustomer('subscribed');
    await leave(shopId, profileId, at(10));
    await apply(shopId, [fact(id, 'subscribed', 20)]);
    expect(await tellAll(shopId)).toEqual([]);
    expect(await pushes(shopId)).toEqual([]);
  });

  it('is the last word of who left, came back and left within a second', async () => {
    const { shopId, profileId } = await shopWithCustomer('subscribed');
    await leave(shopId, profileId, at(20, 100));
    await join(shopId, profileId, at(20, 900));
    expect(await tellAll(shopId)).toEqual([{ state: 'subscribed', occurredAt: at(21) }]);
    await leave(shopId, profileId, at(21, 800));
    expect(await tellAll(shopId)).toEqual([{ state: 'unsubscribed', occurredAt: at(21) }]);
  });

  it('stays owed when it changes while the word before is being told', async () => {
    const { shopId, profileId } = await shopWithCustomer('subscribed');
    await leave(shopId, profileId, at(20, 100));
    await join(shopId, profileId, at(20, 900));
    const tell = async ({ state }: ConsentNews) => {
      if (state === 'subscribed') await leave(shopId, profileId, at(21, 800));
    };
    await pushConsents({ shopId, now: at(59), tell });
    expect(await tellAll(shopId)).toEqual([{ state: 'unsubscribed', occurredAt: at(21) }]);
  });
});

describe('merged people', () => {
  it('keep the newest decision, and Shopify learns of one it did not have', async () => {
    const { shopId, profileId, id } = await shopWithCustomer();
    await apply(shopId, [fact(id, 'subscribed', 10)]);
    const guest = await createRecipient(shopId, { state: null });
    await leave(shopId, guest, at(20));
    const merges = [{ fromProfileId: guest, intoProfileId: profileId }];
    const merge = () => withShop(shopId, (tx) => mergeConsents(tx, { shopId, merges, now: at(30) }));
    await merge();
    await merge();
    expect(await stateOf(shopId, profileId)).toBe('unsubscribed');
    expect(await stateOf(shopId, guest)).toBe('not_subscribed');
    expect(await pushes(shopId)).toMatchObject([{ profileId, state: 'unsubscribed' }]);
    expect(await withShop(shopId, (tx) => tx.consentEvent.count({ where: { profileId } }))).toBe(2);
  });
});

describe('suppressed addresses', () => {
  it('are known by a keyed hash, whatever their spelling', async () => {
    const shopId = await createMailShop();
    const block = () =>
      withShop(shopId, (tx) =>
        suppress(tx, {
          shopId,
          emails: [' Gone@Mail.Example', 'old@mail.example', 'gone@mail.example'],
          reason: 'complaint',
          now: at(0),
        }),
      );
    await Promise.all([block(), block()]);
    const emails = ['gone@mail.example', 'here@mail.example', 'old@mail.example'];
    expect([...(await withShop(shopId, (tx) => listSuppressed(tx, { shopId, emails })))].sort()).toEqual([
      'gone@mail.example',
      'old@mail.example',
    ]);
    const stored = await withShop(shopId, (tx) => tx.suppression.findMany());
    expect(stored).toHaveLength(2);
    expect(stored[0]!.addressHash).not.toContain('mail');
    const other = await createMailShop();
    expect((await withShop(other, (tx) => listSuppressed(tx, { shopId: other, emails }))).size).toBe(0);
  });

  it('are among the reasons not to write to somebody', async () => {
    const shopId = await createMailShop();
    const people = {
      ok: await createRecipient(shopId, { email: 'ok@mail.example' }),
      no_email: await createRecipient(shopId, { email: null }),
      not_subscribed: await createRecipient(shopId, { email: 'no@mail.example', state: 'pending' }),
      suppressed: await createRecipient(shopId, { email: 'gone@mail.example' }),
    };
    await withShop(shopId, (tx) =>
      suppress(tx, { shopId, emails: ['gone@mail.example'], reason: 'hard_bounce', now: at(0) }),
    );
    const profiles = await withShop(shopId, (tx) => tx.profile.findMany());
    const recipients = profiles.map(({ id, email }) => ({ profileId: id, email }));
    const verdicts = await withShop(shopId, (tx) => checkRecipients(tx, { shopId, recipients }));
    for (const [expected, id] of Object.entries(people))
      expect(verdicts[profiles.findIndex((profile) => profile.id === id)]).toBe(expected);
  });
});

describe('news for Shopify', () => {
  it('are told newest first and once, and a refusal is tried again later', async () => {
    const { shopId, profileId, id } = await shopWithCustomer('subscribed');
    await leave(shopId, profileId, at(10));
    await join(shopId, profileId, at(20));
    const told: ConsentNews[] = [];
    let refuse = true;
    const tell = async (news: ConsentNews) => {
      if (refuse) throw new Error('Shopify refused');
      told.push(news);
    };
    expect(await pushConsents({ shopId, now: at(30), tell })).toEqual({ pushed: 0 });
    refuse = false;
    expect(await pushConsents({ shopId, now: at(31), tell })).toEqual({ pushed: 0 }); // not due yet
    expect(await pushConsents({ shopId, now: at(120), tell })).toEqual({ pushed: 1 });
    expect(await pushConsents({ shopId, now: at(240), tell })).toEqual({ pushed: 0 });
    expect(told).toEqual([{ shopifyCustomerId: id, state: 'subscribed', occurredAt: at(20) }]);
  });

  it('wait without a counted attempt while Shopify can not be reached', async () => {
    const { shopId, profileId } = await shopWithCustomer('subscribed');
    await leave(shopId, profileId, at(10));
    const tell = async () => {
      throw new AppError('unavailable', { message: 'down', userMessage: 'down' });
    };
    await expect(pushConsents({ shopId, now: at(30), tell })).rejects.toThrow('down');
    expect(await pushes(shopId)).toMatchObject([{ attempts: 0, nextAttemptAt: null }]);
  });
});
