import { z } from 'zod';

const rowSchema = z.object({
  id: z.bigint(),
  programmeVersion: z.number(),
  firstCode: z.string(),
  state: z.enum(['making', 'open', 'closing', 'closed']),
  discountId: z.bigint().nullable(),
  creationId: z.bigint().nullable(),
  createdAt: z.date(),
  closesAt: z.date().nullable(),
  startsAt: z.date().nullable(),
  endsAt: z.date().nullable(),
  attempts: z.number(),
  nextAttemptAt: z.date().nullable(),
  error: z.string().nullable(),
});

/** A discount of Shopify with many codes for friends. */
export type OfferPool = z.infer<typeof rowSchema>;

/** A row as the rest of the module knows it. */
export function readPool(row: unknown): OfferPool {
  return rowSchema.parse(row);
}
