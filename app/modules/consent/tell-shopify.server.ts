import { operations, throwUserErrors, type ShopifyClient } from '~/platform/shopify/index.server';
import type { TellShopify } from './push-consents.server';

/** Tells a shop's Shopify, through its Admin API. */
export function tellShopify(client: ShopifyClient): TellShopify {
  return async ({ shopifyCustomerId, state, occurredAt }) => {
    const { customerEmailMarketingConsentUpdate: answer } = await client.request(
      operations.updateEmailConsent,
      {
        input: {
          customerId: `gid://shopify/Customer/${shopifyCustomerId}`,
          emailMarketingConsent: {
            marketingState: state === 'subscribed' ? 'SUBSCRIBED' : 'UNSUBSCRIBED',
            marketingOptInLevel: state === 'subscribed' ? 'SINGLE_OPT_IN' : null,
            consentUpdatedAt: occurredAt.toISOString(),
          },
        },
      },
    );
    throwUserErrors('the consent of a customer', answer?.userErrors ?? []);
  };
}
