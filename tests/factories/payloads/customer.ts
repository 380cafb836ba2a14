const gid = (id: string) => `gid://shopify/Customer/${id}`;

/** A customer as `customers/create` and `/update` carry it: no tags, no consent (since 2025-01). */
export function customerPayload(
  input: {
    id?: string;
    email?: string | null;
    firstName?: string;
    updatedAt?: string;
    overrides?: Record<string, unknown>;
  } = {},
): Record<string, unknown> {
  const id = input.id ?? '7001';
  return {
    id: Number(id),
    admin_graphql_api_id: gid(id),
    email: input.email === undefined ? 'anna@example.com' : input.email,
    phone: '030 901820',
    first_name: input.firstName ?? 'Anna',
    last_name: 'Berg',
    default_address: { first_name: 'Anna', last_name: 'Berg', country_code: 'DE', city: 'Berlin' },
    created_at: '2026-04-01T10:00:00+02:00',
    updated_at: input.updatedAt ?? '2026-05-01T10:00:00+02:00',
    ...input.overrides,
  };
}

export function consentPayload(
  input: { customerId?: string; email?: string; state?: string; updatedAt?: string | null } = {},
): Record<string, unknown> {
  return {
    customer_id: Number(input.customerId ?? '7001'),
    email_address: input.email ?? 'anna@example.com',
    email_marketing_consent: {
      state: input.state ?? 'subscribed',
      opt_in_level: 'single_opt_in',
      consent_updated_at: input.updatedAt === undefined ? '2026-05-01T10:00:00+02:00' : input.updatedAt,
    },
  };
}

export function tagsPayload(input: {
  customerId?: string;
  tags: string[];
  occurredAt?: string;
}): Record<string, unknown> {
  return {
    customerId: gid(input.customerId ?? '7001'),
    tags: input.tags,
    occurredAt: input.occurredAt ?? '2026-05-01T10:00:00Z',
  };
}

export function mergePayload(input: {
  kept: string;
  deleted: string;
  status?: string;
}): Record<string, unknown> {
  return {
    admin_graphql_api_customer_kept_id: gid(input.kept),
    admin_graphql_api_customer_deleted_id: gid(input.deleted),
    admin_graphql_api_job_id: null,
    status: input.status ?? 'completed',
    errors: [],
  };
}
