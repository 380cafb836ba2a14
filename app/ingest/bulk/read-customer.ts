import type { ConsentFact } from '~/modules/consent/types';
import type { CustomerFact } from '~/modules/customers/types';
import { operations } from '~/platform/shopify/index.server';
import { consentKey, consentLevel, consentState } from '../payloads/consent';
import { moment, normaliseEmail, normalisePhone, optionalMoment, shopifyId } from '../payloads/fields';
import type { BulkNode } from './group-nodes';

const customerNode = operations.bulkCustomers.result.shape.customers.shape.edges.element.shape.node.extend({
  id: shopifyId,
  createdAt: moment,
  updatedAt: moment,
});

/** A customer with all tags, and what they decided about e-mail if they ever did. */
export function readBulkCustomer({ node }: BulkNode): {
  customer: CustomerFact;
  consent: ConsentFact | null;
} {
  const told = customerNode.parse(node);
  const country = told.defaultAddress?.countryCodeV2 ?? null;
  const customer = {
    shopifyCustomerId: told.id,
    email: normaliseEmail(told.defaultEmailAddress?.emailAddress),
    phone: normalisePhone(told.defaultPhoneNumber?.phoneNumber, country),
    firstName: told.firstName?.trim() || null,
    lastName: told.lastName?.trim() || null,
    locale: told.locale || null,
    country,
    city: told.defaultAddress?.city ?? null,
    tags: told.tags,
    createdAt: told.createdAt,
    updatedAt: told.updatedAt,
  };
  return { customer, consent: consentOf(told, customer) };
}

/** "Not subscribed" without a time is what Shopify says of everybody who was never asked: no decision, so no fact. */
function consentOf(
  told: { defaultEmailAddress: unknown } & ReturnType<typeof customerNode.parse>,
  customer: CustomerFact,
): ConsentFact | null {
  const address = told.defaultEmailAddress;
  if (!address) return null;
  const state = consentState.parse(address.marketingState);
  const decidedAt = optionalMoment.parse(address.marketingUpdatedAt);
  if (decidedAt === null && state === 'not_subscribed') return null;
  const occurredAt = decidedAt ?? told.createdAt;
  return {
    shopifyCustomerId: customer.shopifyCustomerId,
    email: customer.email,
    state,
    level: consentLevel.parse(address.marketingOptInLevel),
    source: 'shopify',
    occurredAt,
    key: consentKey(customer.shopifyCustomerId, customer.email, state, occurredAt),
  };
}
