import { z } from 'zod';
import type { CollectionFact } from '~/modules/orders/types';
import type { DeliveryContext } from './context';
import { identity, optionalMoment, ownId, text } from './fields';

const collectionSchema = z.object({ ...identity, title: text, updated_at: optionalMoment });

export function readCollection(payload: unknown, context: DeliveryContext): CollectionFact[] {
  const collection = collectionSchema.parse(payload);
  const { title, updated_at: updatedAt } = collection;
  return [{ id: idOf(collection), title: title ?? '', updatedAt: updatedAt ?? context.triggeredAt }];
}

export function readCollectionDeleted(payload: unknown, context: DeliveryContext): CollectionFact[] {
  const collection = collectionSchema.parse(payload);
  const { title } = collection;
  return [{ id: idOf(collection), title: title ?? '', updatedAt: context.triggeredAt, deleted: true }];
}

function idOf(payload: z.output<typeof collectionSchema>): bigint {
  const id = ownId(payload);
  if (id === null) throw new Error('a collection without an id');
  return id;
}
