import { describe, expect, it } from 'vitest';
import { tellShopify } from '~/modules/consent/index.server';
import { createShopifyClients } from '~/platform/shopify/index.server';

const news = { shopifyCustomerId: 7n, occurredAt: new Date('2026-05-04T10:00:00Z') };

/** The real client, whose network is a function. */
function tellThrough(userErrors: object[], sent: unknown[]) {
  const fetch = async (url: string | URL | Request, init?: RequestInit) => {
    sent.push(await new Request(url, init).json());
    return Response.json({ data: { customerEmailMarketingConsentUpdate: { userErrors } } });
  };
  const clients = createShopifyClients({ tokens: { accessToken: async () => 'token' }, fetch });
  return tellShopify(clients('fern.myshopify.com'));
}

describe('telling Shopify a decision', () => {
  it('carries the decision and its own time', async () => {
    const sent: unknown[] = [];
    const tell = tellThrough([], sent);
    await tell({ ...news, state: 'unsubscribed' });
    await tell({ ...news, state: 'subscribed' });
    const input = (marketingState: string, marketingOptInLevel: string | null) => ({
      variables: {
        input: {
          customerId: 'gid://shopify/Customer/7',
          emailMarketingConsent: {
            marketingState,
            marketingOptInLevel,
            consentUpdatedAt: '2026-05-04T10:00:00.000Z',
          },
        },
      },
    });
    expect(sent).toMatchObject([input('UNSUBSCRIBED', null), input('SUBSCRIBED', 'SINGLE_OPT_IN')]);
  });

  it('throws what Shopify has against it', async () => {
    const tell = tellThrough([{ field: ['input'], message: 'Customer not found', code: 'INVALID' }], []);
    await expect(tell({ ...news, state: 'unsubscribed' })).rejects.toThrow(/Customer not found/);
  });
});
