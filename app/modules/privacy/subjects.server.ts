import { Prisma, type Tx } from '~/platform/db/index.server';
import type { DataSubject } from './types';

/** Everything by which the rows of one or many people can be found. */
export interface Subjects {
  profileIds: bigint[]; // theirs, and those merged into theirs
  customerIds: bigint[];
  emails: string[];
  phones: string[];
  orderIds: bigint[];
}

interface Asked {
  subject: DataSubject;
  orderIds: bigint[];
}

/**
 * Finds people by what a request says of them: the Shopify id, or the address when it belongs to nobody else's Shopify id,
 * or the number when nothing else is told. From there, everything they are known by. Set-wise.
 */
export async function findSubjects(tx: Tx, input: { shopId: number; asked: Asked[] }): Promise<Subjects> {
  const { shopId, asked } = input;
  const told = asked.map(({ subject }) => subject);
  const profileIds = await findProfiles(tx, shopId, told);
  const keys = await listKeys(tx, shopId, profileIds);
  const of = (kind: string): string[] => keys.filter((key) => key.kind === kind).map((key) => key.value);
  const customerIds = unique([
    ...told.flatMap((one) => one.shopifyCustomerId ?? []),
    ...of('shopify').map(BigInt),
  ]);
  const asTold = told.flatMap((one) => one.email ?? []);
  const foreign = await findForeignEmails(tx, shopId, asTold, profileIds);
  const emails = unique([...asTold.filter((email) => !foreign.has(email)), ...of('email')]);
  const phones = unique([...told.flatMap((one) => one.phone ?? []), ...of('phone')]);
  const named = unique(asked.flatMap(({ orderIds }) => orderIds));
  const orderIds = await listOrders(tx, shopId, { profileIds, customerIds, emails, orderIds: named });
  return { profileIds, customerIds, emails, phones, orderIds };
}

/** A person's keys, with the profile each leads to. */
export async function listKeys(
  tx: Tx,
  shopId: number,
  profileIds: bigint[],
): Promise<{ kind: string; value: string; profileId: bigint }[]> {
  const rows = await tx.$queryRaw<{ kind: string; value: string; profile_id: bigint }[]>`
    SELECT kind, value, profile_id FROM profile_identities
    WHERE shop_id = ${shopId} AND profile_id = ANY (${profileIds}::bigint[]) AND kind <> 'redacted'
    UNION SELECT 'shopify', shopify_customer_id::text, id FROM profiles
    WHERE shop_id = ${shopId} AND id = ANY (${profileIds}::bigint[]) AND shopify_customer_id IS NOT NULL
    UNION SELECT 'email', email, id FROM profiles
    WHERE shop_id = ${shopId} AND id = ANY (${profileIds}::bigint[]) AND email IS NOT NULL
    UNION SELECT 'phone', phone, id FROM profiles
    WHERE shop_id = ${shopId} AND id = ANY (${profileIds}::bigint[]) AND phone IS NOT NULL`;
  return rows.map(({ kind, value, profile_id: profileId }) => ({ kind, value, profileId }));
}

async function findProfiles(tx: Tx, shopId: number, told: DataSubject[]): Promise<bigint[]> {
  const asked = told.map(({ shopifyCustomerId, email, phone }) => ({
    customer_id: shopifyCustomerId?.toString() ?? null,
    email,
    phone: shopifyCustomerId === null && email === null ? phone : null,
  }));
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    WITH RECURSIVE asked AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS t(customer_id bigint, email text, phone text)),
    found AS (
      SELECT p.id FROM asked JOIN profiles p ON p.shop_id = ${shopId} AND p.shopify_customer_id = asked.customer_id
      UNION SELECT i.profile_id FROM asked JOIN profile_identities i
        ON i.shop_id = ${shopId} AND i.kind = 'shopify' AND i.value = asked.customer_id::text
      UNION SELECT p.id FROM asked JOIN profiles p ON p.shop_id = ${shopId} AND p.email = asked.email
        AND (p.shopify_customer_id IS NULL OR asked.customer_id IS NULL OR p.shopify_customer_id = asked.customer_id)
      UNION SELECT p.id FROM asked
        JOIN profile_identities i ON i.shop_id = ${shopId} AND i.kind = 'email' AND i.value = asked.email
        JOIN profiles p ON p.shop_id = i.shop_id AND p.id = i.profile_id
        AND (p.shopify_customer_id IS NULL OR asked.customer_id IS NULL OR p.shopify_customer_id = asked.customer_id)
      UNION SELECT i.profile_id FROM asked JOIN profile_identities i
        ON i.shop_id = ${shopId} AND i.kind = 'phone' AND i.value = asked.phone),
    people AS (
      SELECT id FROM found
      UNION SELECT p.id FROM people JOIN profiles p ON p.shop_id = ${shopId} AND p.merged_into_id = people.id)
    SELECT id FROM people ORDER BY id`;
  return rows.map((row) => row.id);
}

/** Those of the addresses that have passed to somebody who is not asked about: they are theirs now. */
async function findForeignEmails(
  tx: Tx,
  shopId: number,
  emails: string[],
  profileIds: bigint[],
): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ email: string }[]>`
    SELECT email FROM profiles
    WHERE shop_id = ${shopId} AND email = ANY (${emails}::text[]) AND id <> ALL (${profileIds}::bigint[])
      AND merged_into_id IS NULL AND redacted_at IS NULL`;
  return new Set(rows.map((row) => row.email));
}

async function listOrders(
  tx: Tx,
  shopId: number,
  of: { profileIds: bigint[]; customerIds: bigint[]; emails: string[]; orderIds: bigint[] },
): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    SELECT id FROM orders WHERE shop_id = ${shopId} AND profile_id = ANY (${of.profileIds}::bigint[])
    UNION SELECT id FROM orders WHERE shop_id = ${shopId} AND shopify_customer_id = ANY (${of.customerIds}::bigint[])
    UNION SELECT id FROM orders
    WHERE shop_id = ${shopId} AND shopify_customer_id IS NULL AND email = ANY (${of.emails}::text[])
    UNION SELECT id FROM orders WHERE shop_id = ${shopId} AND id = ANY (${of.orderIds}::bigint[])`;
  return rows.map((row) => row.id);
}

function unique<T>(values: T[]): T[] {
  return [...new Set(values)];
}

/** The row `s` that the SQL of the inventory compares with. */
export function subjectRow(shopId: number, subjects: Subjects, now: Date): Prisma.Sql {
  return Prisma.sql`
    (SELECT ${shopId}::int AS shop_id, ${subjects.profileIds}::bigint[] AS profile_ids,
      ${subjects.customerIds}::bigint[] AS customer_ids, ${subjects.emails}::text[] AS emails,
      ${subjects.phones}::text[] AS phones, ${subjects.orderIds}::bigint[] AS order_ids, ${now}::timestamptz AS now) AS s`;
}
