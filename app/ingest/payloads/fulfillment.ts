import { z } from 'zod';
import type { FulfillmentFact } from '~/modules/orders/types';
import { identity, moment, optionalMoment, ownId, shopifyId, text } from './fields';

const fulfillmentSchema = z.object({
  ...identity,
  order_id: shopifyId,
  status: text,
  shipment_status: text,
  created_at: moment,
  updated_at: optionalMoment,
});

export function readFulfillment(payload: unknown): FulfillmentFact[] {
  const fulfillment = fulfillmentSchema.parse(payload);
  const id = ownId(fulfillment);
  if (id === null) throw new Error('a fulfillment without an id');
  return [
    {
      id,
      orderId: fulfillment.order_id,
      status: fulfillment.status,
      shipmentStatus: fulfillment.shipment_status,
      createdAt: fulfillment.created_at,
      updatedAt: fulfillment.updated_at ?? fulfillment.created_at,
    },
  ];
}
