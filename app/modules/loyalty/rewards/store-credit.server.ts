import { AppError } from '~/platform/errors';
import { operations, unclear, type ShopifyClient } from '~/platform/shopify/index.server';
import { explainStoreCredit } from './explain-refusal';
import { readId } from './shopify-answers';

export interface WantedStoreCredit {
  shopifyCustomerId: bigint;
  amount: string;
  currency: string;
  endsAt: Date | null;
}

/** `unknown`: nobody can tell whether it was paid. */
export type CreditAnswer = { discountId: bigint } | { refused: string } | 'unknown';

export interface StoreCredit {
  /**
   * Pays store credit. Must not be repeated: Shopify would pay again. Throws `unavailable` when surely nothing was paid, so
   * that it can be asked later.
   */
  payCredit: (credit: WantedStoreCredit) => Promise<CreditAnswer>;
}

/** Store credit of a shop, through its Admin API. */
export function shopifyStoreCredit(client: ShopifyClient): StoreCredit {
  return {
    payCredit: async ({ shopifyCustomerId, amount, currency, endsAt }) => {
      const variables = {
        id: `gid://shopify/Customer/${shopifyCustomerId}`,
        creditInput: {
          creditAmount: { amount, currencyCode: currency },
          expiresAt: endsAt?.toISOString() ?? null,
          notify: true,
        },
      };
      try {
        const { storeCreditAccountCredit: answer } = await client.request(
          operations.creditStoreCredit,
          variables,
          { once: true },
        );
        const paid = answer?.storeCreditAccountTransaction;
        if (paid) return { discountId: readId(paid.id) };
        const refusals = answer?.userErrors ?? [];
        return refusals.length > 0 ? { refused: explainStoreCredit(refusals) } : 'unknown';
      } catch (error) {
        if (error instanceof AppError && error.reason === unclear) return 'unknown';
        throw error;
      }
    },
  };
}
