import { operations, throwUserErrors, type ShopifyClient } from '~/platform/shopify/index.server';
import type { StandingPlace } from './push-standings.server';
import type { StandingField } from './standing';

/** Ours alone: the merchant and other apps may read it, and only we write it. */
const namespace = '$app:loyalty';
const fields: Record<StandingField, { name: string; description: string; type: string }> = {
  points: {
    name: 'Loyalty points',
    description: 'Points the customer can spend now, kept up to date by Perennial.',
    type: 'number_integer',
  },
  tier: {
    name: 'Loyalty tier',
    description: 'The tier the customer is in, kept up to date by Perennial. Empty without a tier.',
    type: 'single_line_text_field',
  },
};
const gid = (customerId: bigint): string => `gid://shopify/Customer/${customerId}`;

/** A shop's Shopify, through its Admin API. */
export function standingsInShopify(client: ShopifyClient): StandingPlace {
  return {
    define: async () => {
      for (const key of ['points', 'tier'] as const) await defineField(client, key);
    },
    setFields: async (values) => {
      const { metafieldsSet: answer } = await client.request(operations.setCustomerFields, {
        metafields: values.map(({ customerId, key, value }) => ({
          ownerId: gid(customerId),
          namespace,
          key,
          type: fields[key].type,
          value,
        })),
      });
      return {
        refused: refusalsByIndex(answer?.userErrors ?? [], values.length),
        namespace: answer?.metafields?.[0]?.namespace ?? null,
      };
    },
    removeFields: async (values) => {
      const { metafieldsDelete: answer } = await client.request(operations.removeCustomerFields, {
        metafields: values.map(({ customerId, key }) => ({ ownerId: gid(customerId), namespace, key })),
      });
      return firstRefusal(answer?.userErrors);
    },
    addTag: async (customerId, tag) => {
      const { tagsAdd } = await client.request(operations.addTags, { id: gid(customerId), tags: [tag] });
      return firstRefusal(tagsAdd?.userErrors);
    },
    removeTags: async (customerId, tags) => {
      const { tagsRemove } = await client.request(operations.removeTags, {
        id: gid(customerId),
        tags: [...tags],
      });
      return firstRefusal(tagsRemove?.userErrors);
    },
  };
}

/** Readable by the customer it belongs to: in themes, at checkout, in their account. */
async function defineField(client: ShopifyClient, key: StandingField): Promise<void> {
  const { metafieldDefinitionCreate: answer } = await client.request(operations.defineField, {
    definition: {
      ...fields[key],
      namespace,
      key,
      ownerType: 'CUSTOMER',
      access: { admin: 'MERCHANT_READ', storefront: 'PUBLIC_READ', customerAccount: 'READ' },
    },
  });
  const refusals = (answer?.userErrors ?? []).filter(({ code }) => code !== 'TAKEN');
  throwUserErrors(`the field for loyalty ${key}`, refusals);
}

interface SetRefusal {
  field: string[] | null;
  message: string;
  elementIndex: number | null;
}

/** Which of the values were refused. What can't be told apart counts for all of them. */
export function refusalsByIndex(errors: readonly SetRefusal[], count: number): Map<number, string> {
  const refusals = new Map<number, string>();
  for (const { field, message, elementIndex } of errors) {
    const index = elementIndex ?? Number(field?.[1] ?? NaN);
    const isKnown = Number.isInteger(index) && index >= 0 && index < count;
    const meant = isKnown ? [index] : Array.from({ length: count }, (_, at) => at);
    for (const one of meant) if (!refusals.has(one)) refusals.set(one, message);
  }
  return refusals;
}

function firstRefusal(errors: readonly { message: string }[] | undefined): string | null {
  return errors?.[0]?.message ?? null;
}
