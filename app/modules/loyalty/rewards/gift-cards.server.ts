import { AppError } from '~/platform/errors';
import { decimal } from '~/platform/money';
import { operations, throwUserErrors, type ShopifyClient } from '~/platform/shopify/index.server';
import { explainGiftCard } from './explain-refusal';
import { readId, unanswered } from './shopify-answers';

/** A gift card as Shopify is to make it. */
export interface WantedGiftCard {
  code: string; // 16 letters and numbers: ours, so that a second try is refused
  shopifyCustomerId: bigint;
  amount: string;
  currency: string;
  lastDay: string | null; // YYYY-MM-DD
  note: string; // for the merchant
}

/** Where gift cards live. Each call may be repeated, and throws `unavailable` when it can't tell what became of it. */
export interface GiftCards {
  findGiftCard: (code: string) => Promise<bigint | null>;
  /** Makes one, or finds it made; or says in a sentence why there will be none. */
  createGiftCard: (card: WantedGiftCard) => Promise<{ discountId: bigint } | { refused: string }>;
  /** Ends one of which nothing was spent; one that was spent from is left as it is. One that is not there is ended. */
  disableGiftCard: (id: bigint) => Promise<{ used: boolean }>;
}

const gidOf = (id: bigint): string => `gid://shopify/GiftCard/${id}`;

/** Gift cards of a shop, through its Admin API. */
export function shopifyGiftCards(client: ShopifyClient): GiftCards {
  const findGiftCard = async (code: string): Promise<bigint | null> => {
    const { giftCards } = await client.request(operations.findGiftCards, { query: code });
    const end = code.slice(-4).toLowerCase();
    const found = giftCards.nodes.find(({ lastCharacters }) => lastCharacters.toLowerCase() === end);
    return found ? readId(found.id) : null;
  };
  return {
    findGiftCard,
    createGiftCard: async ({ code, shopifyCustomerId, amount, currency, lastDay, note }) => {
      const { giftCardCreate: made } = await client.request(operations.createGiftCard, {
        input: {
          code,
          note,
          expiresOn: lastDay,
          customerId: `gid://shopify/Customer/${shopifyCustomerId}`,
          initialAmount: { amount, currencyCode: currency },
        },
      });
      if (made?.giftCard) return { discountId: readId(made.giftCard.id) };
      const refusals = made?.userErrors ?? [];
      const codes = refusals.map((error) => error.code);
      if (codes.includes('TAKEN')) {
        // Nobody guesses our codes: it is taken by us, in a try whose answer was lost.
        const discountId = await findGiftCard(code);
        if (discountId !== null) return { discountId };
        throw unanswered('a gift card that is there can’t be found yet');
      }
      if (codes.includes('INTERNAL_ERROR') || refusals.length === 0) throw unanswered(codes.join());
      return { refused: explainGiftCard(refusals) };
    },
    disableGiftCard: (id) => disable(client, id),
  };
}

async function disable(client: ShopifyClient, id: bigint): Promise<{ used: boolean }> {
  const { giftCard } = await client.request(operations.inspectGiftCard, { id: gidOf(id) });
  if (giftCard === null) return { used: false };
  if (isSpent(giftCard)) return { used: true };
  const { giftCardDeactivate: answer } = await client.request(operations.deactivateGiftCard, {
    id: gidOf(id),
  });
  if (answer?.userErrors.some(({ code }) => code === 'GIFT_CARD_NOT_FOUND')) return { used: false };
  throwUserErrors('to end a gift card', answer?.userErrors ?? []);
  if (!answer?.giftCard) throw unanswered('no gift card and no reason');
  if (isSpent(answer.giftCard)) throw spentMeanwhile();
  return { used: false };
}

interface Money {
  amount: string;
}

function isSpent({ balance, initialValue }: { balance: Money; initialValue: Money }): boolean {
  return decimal(balance.amount).lessThan(initialValue.amount);
}

/** Spent from between the look and the end: what is left can't be given to anybody by itself. */
function spentMeanwhile(): AppError {
  return new AppError('conflict', {
    message: 'a gift card was spent from while it was being ended',
    userMessage:
      'The customer spent from this gift card while it was being taken back, and it is ended now. Give points for the rest by hand.',
  });
}
