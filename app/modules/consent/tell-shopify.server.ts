import { operations, shopifyClient, throwUserErrors } from '~/platform/shopify/index.server';
import type { TellShopify } from './push-consents.server';

/** Tells a shop's Shopify, through the Admin API. */
export function tellShopify(shopDomain: string): TellShopify {
  const client = shopifyClient(shopDomain);
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
