import { z } from 'zod';
import type { CustomerFact, CustomerMergeFact, CustomerTagsFact } from '~/modules/customers/types';
import type { DeliveryContext } from './context';
import {
  address,
  identity,
  normaliseEmail,
  normalisePhone,
  optionalMoment,
  ownId,
  shopifyId,
  tagList,
  text,
} from './fields';

const customerSchema = z.object({
  ...identity,
  email: text,
  phone: text,
  first_name: text,
  last_name: text,
  default_address: address,
  created_at: optionalMoment,
  updated_at: optionalMoment,
});

/** A customer. Webhooks tell neither tags nor consent (since 2025-01): those have topics of their own. */
export function readCustomer(payload: unknown, context: DeliveryContext): CustomerFact[] {
  const customer = customerSchema.parse(payload);
  const place = customer.default_address;
  const country = place?.country_code?.toUpperCase() ?? null;
  return [
    {
      shopifyCustomerId: requireId(ownId(customer)),
      email: normaliseEmail(customer.email),
      phone: normalisePhone(customer.phone, country),
      firstName: customer.first_name,
      lastName: customer.last_name,
      country,
      city: place?.city ?? null,
      createdAt: customer.created_at,
      updatedAt: customer.updated_at ?? context.triggeredAt,
    },
  ];
}

/** `customers/delete` names the customer; what else it says is no longer worth keeping. */
export function readCustomerDeleted(payload: unknown, context: DeliveryContext): CustomerFact[] {
  const shopifyCustomerId = requireId(ownId(z.object(identity).parse(payload)));
  const nothing = { email: null, phone: null, firstName: null, lastName: null, createdAt: null };
  return [{ ...nothing, shopifyCustomerId, updatedAt: context.triggeredAt, deleted: true }];
}

const tagsSchema = z.object({ customerId: shopifyId, tags: tagList, occurredAt: optionalMoment });

export function readTagsAdded(payload: unknown, context: DeliveryContext): CustomerTagsFact[] {
  const { customerId, tags, occurredAt } = tagsSchema.parse(payload);
  return [
    {
      shopifyCustomerId: customerId,
      added: tags,
      removed: [],
      occurredAt: occurredAt ?? context.triggeredAt,
    },
  ];
}

export function readTagsRemoved(payload: unknown, context: DeliveryContext): CustomerTagsFact[] {
  const { customerId, tags, occurredAt } = tagsSchema.parse(payload);
  return [
    {
      shopifyCustomerId: customerId,
      added: [],
      removed: tags,
      occurredAt: occurredAt ?? context.triggeredAt,
    },
  ];
}

const mergeSchema = z.object({
  admin_graphql_api_customer_kept_id: shopifyId,
  admin_graphql_api_customer_deleted_id: shopifyId,
  status: text,
});

/** A merge that took place; one that failed, or has only been asked for, is no fact. */
export function readMerge(payload: unknown, context: DeliveryContext): CustomerMergeFact[] {
  const merge = mergeSchema.parse(payload);
  if (merge.status !== null && merge.status.toLowerCase() !== 'completed') return [];
  return [
    {
      keptId: merge.admin_graphql_api_customer_kept_id,
      deletedId: merge.admin_graphql_api_customer_deleted_id,
      occurredAt: context.triggeredAt,
    },
  ];
}

function requireId(id: bigint | null): bigint {
  if (id === null) throw new Error('a customer without an id');
  return id;
}
