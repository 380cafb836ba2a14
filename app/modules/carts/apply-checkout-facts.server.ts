import { resolveProfiles } from '~/modules/customers/index.server';
import { contentHash, randomToken } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';
import { estimateTotals } from './estimate-totals.server';
import { refreshCarts } from './refresh-carts.server';
import type { CheckoutFact } from './types';

interface Told {
  fact: CheckoutFact;
  version: string;
  profileId: bigint | null;
  isForgotten: boolean;
}

/**
 * Stores checkouts and storefront carts and computes their state anew: an order that came first closes them on arrival,
 * new activity opens an abandoned one again. Idempotent; older facts never overwrite newer ones. Returns the people named,
 * those the carts belonged to before, and the owners of other carts these replaced.
 */
export async function applyCheckoutFacts(
  tx: Tx,
  input: { shopId: number; facts: CheckoutFact[]; now: Date },
): Promise<{ profileIds: bigint[] }> {
  const { shopId, facts, now } = input;
  if (facts.length === 0) return { profileIds: [] };
  const people = await resolveProfiles(tx, { shopId, people: facts.map(({ person }) => person), now });
  const told = facts.map((fact, index) => toldOf(fact, people[index] ?? null));
  const tokens = [...new Set(facts.map(({ token }) => token))];
  const before = await ownersOf(tx, { shopId, tokens });
  await storeCarts(tx, { shopId, told: newest(told.filter(({ fact }) => !fact.deleted)) });
  await markDeleted(tx, { shopId, facts: facts.filter(({ deleted }) => deleted) });
  const changed = await refreshCarts(tx, { shopId, tokens, now });
  const named = people.filter((id) => id !== null);
  return { profileIds: [...new Set([...before, ...named, ...changed.profileIds])] };
}

function toldOf(fact: CheckoutFact, profileId: bigint | null): Told {
  const { person, createdAt, updatedAt, toldAt, completedAt, lines, ...rest } = fact;
  const named = [person?.shopifyCustomerId?.toString(), person?.email, person?.phone];
  const times = [createdAt, updatedAt, completedAt].map((time) => time?.toISOString());
  const content = JSON.stringify([Object.entries(rest).sort(), named, times, lines]);
  // Of two facts of one moment the one that says it is completed counts, then the one sent later, then any, but always the same.
  const version = `${completedAt ? 1 : 0}-${toldAt?.toISOString() ?? ''}-${contentHash(content)}`;
  return { fact, version, profileId, isForgotten: person !== null && profileId === null };
}

function newest(told: Told[]): Told[] {
  const byToken = new Map<string, Told>();
  for (const one of told) {
    const known = byToken.get(one.fact.token);
    const difference = known ? one.fact.updatedAt.getTime() - known.fact.updatedAt.getTime() : 1;
    if (!known || difference > 0 || (difference === 0 && one.version > known.version)) {
      byToken.set(one.fact.token, one);
    }
  }
  return [...byToken.values()].sort((a, b) => (a.fact.token < b.fact.token ? -1 : 1));
}

async function ownersOf(tx: Tx, input: { shopId: number; tokens: string[] }): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ profile_id: bigint }[]>`
    SELECT DISTINCT profile_id FROM carts
    WHERE shop_id = ${input.shopId} AND token = ANY(${input.tokens}::text[]) AND profile_id IS NOT NULL`;
  return rows.map(({ profile_id }) => profile_id);
}

async function storeCarts(tx: Tx, input: { shopId: number; told: Told[] }): Promise<void> {
  if (input.told.length === 0) return;
  const facts = input.told.map(({ fact }) => fact);
  const estimates = await estimateTotals(tx, { shopId: input.shopId, facts });
  const rows = input.told.map(({ fact, version, profileId, isForgotten }) => ({
    token: fact.token,
    kind: fact.kind,
    public_id: randomToken(),
    cart_token: fact.cartToken,
    profile_id: profileId?.toString() ?? null,
    shopify_customer_id: isForgotten ? null : (fact.person?.shopifyCustomerId?.toString() ?? null),
    email: isForgotten ? null : (fact.person?.email ?? null),
    phone: isForgotten ? null : (fact.person?.phone ?? null),
    locale: fact.locale,
    currency: fact.currency,
    presentment_currency: fact.presentmentCurrency,
    total: fact.total ?? estimates.get(fact.token),
    presentment_total: fact.presentmentTotal,
    lines: fact.lines,
    recovery_url: isForgotten ? null : fact.recoveryUrl,
    accepts_marketing: fact.acceptsMarketing,
    started_at: fact.createdAt,
    last_activity_at: fact.updatedAt,
    fact_version: version,
    completed_at: fact.completedAt,
  }));
  await tx.$executeRaw`
    INSERT INTO carts AS c
      (shop_id, token, kind, public_id, cart_token, profile_id, shopify_customer_id, email, phone, locale, currency,
       presentment_currency, total, presentment_total, lines, recovery_url, accepts_marketing, started_at,
       last_activity_at, fact_version, completed_at)
    SELECT ${input.shopId}, r.* FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(
      token text, kind text, public_id text, cart_token text, profile_id bigint, shopify_customer_id bigint, email text,
      phone text, locale text, currency text, presentment_currency text, total numeric, presentment_total numeric,
      lines jsonb, recovery_url text, accepts_marketing boolean, started_at timestamptz, last_activity_at timestamptz,
      fact_version text, completed_at timestamptz)
    ORDER BY r.token
    ON CONFLICT (shop_id, token) DO UPDATE SET
      kind = excluded.kind, cart_token = excluded.cart_token, profile_id = excluded.profile_id,
      shopify_customer_id = excluded.shopify_customer_id, email = excluded.email, phone = excluded.phone,
      locale = excluded.locale, currency = excluded.currency, presentment_currency = excluded.presentment_currency,
      total = excluded.total, presentment_total = excluded.presentment_total, lines = excluded.lines,
      recovery_url = excluded.recovery_url, accepts_marketing = excluded.accepts_marketing,
      started_at = excluded.started_at, last_activity_at = excluded.last_activity_at,
      fact_version = excluded.fact_version, completed_at = excluded.completed_at
    WHERE (excluded.last_activity_at, excluded.fact_version COLLATE "C") > (c.last_activity_at, c.fact_version COLLATE "C")`;
}

/** A deletion names nothing but the token; told before the checkout itself it leaves a row that stays deleted. */
async function markDeleted(tx: Tx, input: { shopId: number; facts: CheckoutFact[] }): Promise<void> {
  if (input.facts.length === 0) return;
  const rows = input.facts.map(({ token, kind, updatedAt }) => ({
    token,
    kind,
    public_id: randomToken(),
    deleted_at: updatedAt,
  }));
  await tx.$executeRaw`
    INSERT INTO carts AS c (shop_id, token, kind, public_id, started_at, last_activity_at, deleted_at)
    SELECT ${input.shopId}, r.token, min(r.kind), min(r.public_id), to_timestamp(0), to_timestamp(0), min(r.deleted_at)
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(token text, kind text, public_id text, deleted_at timestamptz)
    GROUP BY r.token ORDER BY r.token
    ON CONFLICT (shop_id, token) DO UPDATE SET deleted_at = least(c.deleted_at, excluded.deleted_at)
    WHERE c.deleted_at IS NULL OR c.deleted_at > excluded.deleted_at`;
}
