import { getNamedType, GraphQLError, TypeInfo, visit, visitWithTypeInfo, type DocumentNode } from 'graphql';
import { loadAdminSchema } from './schema';

/** One of these scopes lets an app see a type or run a mutation. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  Customer: ['read_customers'],
  CustomerConnection: ['read_customers'],
  Order: ['read_orders'],
  OrderConnection: ['read_orders'],
  Refund: ['read_orders'],
  Product: ['read_products'],
  ProductConnection: ['read_products'],
  ProductVariantConnection: ['read_products'],
  InventoryItem: ['read_inventory', 'read_products'],
  CustomerEmailMarketingConsentUpdatePayload: ['write_customers'],
  DiscountCodeNode: ['read_discounts'],
  DiscountCodeBasicCreatePayload: ['write_discounts'],
  DiscountCodeFreeShippingCreatePayload: ['write_discounts'],
  DiscountCodeDeactivatePayload: ['write_discounts'],
  DiscountRedeemCodeBulkAddPayload: ['write_discounts'],
  DiscountCodeRedeemCodeBulkDeletePayload: ['write_discounts'],
  DiscountRedeemCodeBulkCreation: ['read_discounts'],
  GiftCard: ['read_gift_cards'],
  GiftCardConnection: ['read_gift_cards'],
  GiftCardCreatePayload: ['write_gift_cards'],
  GiftCardDeactivatePayload: ['write_gift_cards'],
  StoreCreditAccountCreditPayload: ['write_store_credit_account_transactions'],
};

/** Shopify's ACCESS_DENIED for the first thing in the document that the granted scopes do not cover. */
export function findMissingScope(document: DocumentNode, granted: readonly string[]): GraphQLError | null {
  const typeInfo = new TypeInfo(loadAdminSchema());
  const held = new Set([...granted, ...granted.map((scope) => scope.replace(/^write_/, 'read_'))]);
  let missing: GraphQLError | null = null;
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: (node) => {
        const needed = NEEDED[getNamedType(typeInfo.getType())?.name ?? ''];
        if (missing !== null || needed === undefined || needed.some((scope) => held.has(scope))) return;
        const access = needed.map((scope) => `\`${scope}\``).join(' or ');
        missing = new GraphQLError(
          `Access denied for ${node.name.value} field. Required access: ${access} access scope.`,
          {
            nodes: [node],
            extensions: {
              code: 'ACCESS_DENIED',
              documentation: 'https://shopify.dev/api/usage/access-scopes',
              requiredAccess: `${access} access scope.`,
            },
          },
        );
      },
    }),
  );
  return missing;
}
