import { z } from 'zod';
import { Prisma } from '~/platform/db/index.server';
import type { Decimal } from '~/platform/money';
import { fullName, iso, isoOrNull } from './iso';
import type { CartRow } from './types';

export interface CartTableRow {
  token: string;
  kind: string;
  state: string;
  profile_id: bigint | null;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  total: Decimal;
  presentment_total: Decimal;
  presentment_currency: string | null;
  currency: string | null;
  shop_currency: string;
  lines: unknown;
  started_at: Date;
  last_activity_at: Date;
  abandoned_at: Date | null;
  closed_at: Date | null;
  order_id: bigint | null;
  order_name: string | null;
  recovered_amount: Decimal | null;
}

/** Of `carts c`, its person `p`, its order `o` and its shop `s`. */
export const cartColumns = Prisma.sql`
  c.token, c.kind, c.state, c.profile_id, p.first_name, p.last_name, coalesce(p.email, c.email) AS email,
  c.total, c.presentment_total, c.presentment_currency, c.currency, s.currency AS shop_currency, c.lines, c.started_at,
  c.last_activity_at, c.abandoned_at, c.closed_at, c.order_id, o.name AS order_name, c.recovered_amount`;

export const cartJoins = Prisma.sql`
  JOIN shops s ON s.id = c.shop_id
  LEFT JOIN profiles p ON p.shop_id = c.shop_id AND p.id = c.profile_id
  LEFT JOIN orders o ON o.shop_id = c.shop_id AND o.id = c.order_id`;

const linesSchema = z
  .array(
    z.object({
      title: z.string(),
      variantTitle: z.string().nullable().default(null),
      quantity: z.number(),
      price: z.string(),
      imageUrl: z.string().nullable().default(null),
    }),
  )
  .catch([]);

export function toCartRow(row: CartTableRow): CartRow {
  return {
    token: row.token,
    kind: row.kind,
    state: row.state,
    profileId: row.profile_id === null ? null : String(row.profile_id),
    profileName: fullName(row.first_name, row.last_name),
    email: row.email,
    total: row.total.toString(),
    presentmentTotal: row.presentment_total.toString(),
    presentmentCurrency: row.presentment_currency ?? row.currency ?? row.shop_currency,
    lines: linesSchema.parse(row.lines),
    startedAt: iso(row.started_at),
    lastActivityAt: iso(row.last_activity_at),
    abandonedAt: isoOrNull(row.abandoned_at),
    closedAt: isoOrNull(row.closed_at),
    orderId: row.order_id === null ? null : String(row.order_id),
    orderName: row.order_name,
    recoveredAmount: row.recovered_amount?.toString() ?? null,
  };
}
