import { z } from 'zod';
import { shopStatuses, type Shop } from './types';

const statusSchema = z.enum(shopStatuses);

/** A row of `shops` as the rest of the app knows it. */
export function toShop(
  row: Omit<Shop, 'status'> & { status: string; updatedAt: Date; scopesUpdatedAt: Date | null },
): Shop {
  const { updatedAt: _updatedAt, scopesUpdatedAt: _scopesUpdatedAt, status, ...shop } = row;
  return { ...shop, status: statusSchema.parse(status) };
}
