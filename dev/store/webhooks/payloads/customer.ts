import { toGid } from '../../state/ids';
import type { Customer, Shop } from '../../state/model';
import { addressPayload } from './common';

/** Since 2025-01 a customer carries neither tags nor consent nor totals; those have topics of their own. */
export function customerPayload(shop: Shop, customer: Customer) {
  const address = addressPayload(customer.address);
  const fullAddress =
    address === null ? null : { id: customer.id, customer_id: customer.id, ...address, default: true };
  return {
    id: customer.id,
    created_at: customer.createdAt,
    updated_at: customer.updatedAt,
    first_name: customer.firstName,
    last_name: customer.lastName,
    state: 'disabled',
    note: customer.note,
    verified_email: true,
    multipass_identifier: null,
    tax_exempt: false,
    email: customer.email,
    phone: customer.phone,
    currency: shop.currency,
    addresses: fullAddress === null ? [] : [fullAddress],
    tax_exemptions: [],
    admin_graphql_api_id: toGid('Customer', customer.id),
    default_address: fullAddress,
  };
}

export function consentPayload(customer: Customer) {
  return {
    customer_id: customer.id,
    email_address: customer.email,
    email_id: customer.id,
    email_marketing_consent: {
      state: customer.consent.state,
      opt_in_level: customer.consent.optInLevel,
      consent_updated_at: customer.consent.updatedAt,
    },
  };
}

export function customerDeletedPayload(customer: Customer) {
  return {
    id: customer.id,
    phone: customer.phone,
    addresses: [],
    tax_exemptions: [],
    admin_graphql_api_id: toGid('Customer', customer.id),
  };
}

export function tagsPayload(customer: Customer, tags: readonly string[], at: string) {
  return { customerId: toGid('Customer', customer.id), tags, occurredAt: at };
}

export function mergePayload(keptId: bigint, deletedId: bigint, jobId: bigint) {
  return {
    admin_graphql_api_customer_kept_id: toGid('Customer', keptId),
    admin_graphql_api_customer_deleted_id: toGid('Customer', deletedId),
    admin_graphql_api_job_id: toGid('Job', jobId),
    status: 'completed',
    errors: [],
  };
}
