import { z } from 'zod';
import type { CustomerRedactFact, DataRequestFact, ShopRedactFact } from '~/modules/privacy/types';
import type { DeliveryContext } from './context';
import { normaliseEmail, normalisePhone, optionalId, shopifyId, text } from './fields';

/** The person a request is about; it may be named by an e-mail address alone. */
const subject = z
  .object({ id: optionalId, email: text, phone: text })
  .nullish()
  .transform((customer) => ({
    shopifyCustomerId: customer?.id ?? null,
    email: normaliseEmail(customer?.email),
    phone: normalisePhone(customer?.phone),
  }));

const ids = z
  .array(shopifyId)
  .nullish()
  .transform((list) => list ?? []);

const dataRequestSchema = z.object({
  customer: subject,
  orders_requested: ids,
  data_request: z.object({ id: optionalId }).nullish(),
});
const redactSchema = z.object({ customer: subject, orders_to_redact: ids });

export function readDataRequest(payload: unknown, context: DeliveryContext): DataRequestFact[] {
  const request = dataRequestSchema.parse(payload);
  const key = request.data_request?.id?.toString() ?? context.webhookId;
  return [
    { key, subject: request.customer, orderIds: request.orders_requested, requestedAt: context.triggeredAt },
  ];
}

export function readCustomerRedact(payload: unknown, context: DeliveryContext): CustomerRedactFact[] {
  const request = redactSchema.parse(payload);
  return [
    {
      key: context.webhookId,
      subject: request.customer,
      orderIds: request.orders_to_redact,
      requestedAt: context.triggeredAt,
    },
  ];
}

/** Only says that 48 hours have passed since the uninstall; which shop it is, the header tells. */
export function readShopRedact(_payload: unknown, context: DeliveryContext): ShopRedactFact[] {
  return [{ key: context.webhookId, requestedAt: context.triggeredAt }];
}
