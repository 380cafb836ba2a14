import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { fromGid, toGid } from '../state/ids';
import { parseCents } from '../state/money';
import type { GiftCard } from '../state/model';
import type { ApiContext, Arguments, View } from './context';
import { userErrors, type UserError } from './user-errors';
import { giftCardView } from './views/gift-card';
import { moneyView } from './views/money';

// What a customer pays with: gift cards and store credit.

const amount = z.union([z.string(), z.number()]).transform(String);
const money = z.object({ amount, currencyCode: z.string() });
const cardSchema = z.object({
  input: z.object({
    code: z.string().nullish(),
    customerId: z.string().nullish(),
    expiresOn: z.string().nullish(),
    initialAmount: money.nullish(),
    initialValue: amount.nullish(),
    note: z.string().nullish(),
  }),
});
const mostOnCard = 200_000; // cents
const mostCredit = 1_500_000;

/** `giftCardCreate`. */
export function createGiftCard(api: ApiContext, args: Arguments): View {
  const { input } = cardSchema.parse(args);
  const mistake = findCardMistake(api, input);
  if (mistake !== null)
    return {
      __typename: 'GiftCardCreatePayload',
      giftCard: null,
      giftCardCode: null,
      userErrors: userErrors('GiftCardUserError', [mistake]),
    };
  const now = api.store.clock.iso();
  const value = parseCents(input.initialAmount?.amount ?? input.initialValue ?? '0');
  const card: GiftCard = {
    id: api.store.takeId('GiftCard'),
    code: (input.code ?? randomBytes(8).toString('hex')).toLowerCase(),
    customerId: fromGid('Customer', input.customerId ?? ''),
    value,
    balance: value,
    note: input.note ?? null,
    expiresOn: input.expiresOn ?? null,
    deactivatedAt: null,
    createdAt: now,
    updatedAt: now,
  };
  api.shop.giftCards.push(card);
  api.store.touch();
  return {
    __typename: 'GiftCardCreatePayload',
    giftCard: giftCardView(api, card),
    giftCardCode: card.code,
    userErrors: [],
  };
}

function findCardMistake(api: ApiContext, input: z.infer<typeof cardSchema>['input']): UserError | null {
  const mistake = (field: string, message: string, code: string): UserError => ({
    field: ['input', field],
    message,
    code,
  });
  const { code, customerId, initialAmount, initialValue, expiresOn } = input;
  if (initialAmount == null && initialValue == null)
    return mistake('initialAmount', 'An initial amount is required', 'MISSING_ARGUMENT');
  if (initialAmount != null && initialAmount.currencyCode !== api.shop.currency)
    return mistake('initialAmount', 'The currency is not one of the shop', 'INVALID');
  const value = parseCents(initialAmount?.amount ?? initialValue ?? '0');
  if (value <= 0) return mistake('initialAmount', 'must be greater than 0', 'GREATER_THAN');
  if (value > mostOnCard) return mistake('initialAmount', 'exceeds the limit', 'GIFT_CARD_LIMIT_EXCEEDED');
  if (code != null && code.length < 8)
    return mistake('code', 'is too short (minimum is 8 characters)', 'TOO_SHORT');
  if (code != null && code.length > 20)
    return mistake('code', 'is too long (maximum is 20 characters)', 'TOO_LONG');
  if (code != null && !/^[a-z0-9]+$/i.test(code))
    return mistake('code', 'must contain only letters and numbers', 'INVALID');
  if (api.shop.giftCards.some((card) => card.code === code?.toLowerCase()))
    return mistake('code', 'has already been taken', 'TAKEN');
  if (customerId != null && findCustomer(api, customerId) === undefined)
    return mistake('customerId', 'The customer could not be found.', 'CUSTOMER_NOT_FOUND');
  if (expiresOn != null && expiresOn < api.store.clock.iso().slice(0, 10))
    return mistake('expiresOn', 'must be in the future', 'INVALID');
  return null;
}

function findCustomer(api: ApiContext, gid: string) {
  const id = fromGid('Customer', gid);
  return api.shop.customers.find((customer) => customer.id === id);
}

/** `giftCardDeactivate`: for good; one that is deactivated stays as it is. */
export function deactivateGiftCard(api: ApiContext, args: Arguments): View {
  const { id: gid } = z.object({ id: z.string() }).parse(args);
  const id = fromGid('GiftCard', gid);
  const card = api.shop.giftCards.find((held) => held.id === id);
  if (card === undefined)
    return {
      __typename: 'GiftCardDeactivatePayload',
      giftCard: null,
      userErrors: userErrors('GiftCardDeactivateUserError', [
        { field: ['id'], message: 'Gift card does not exist', code: 'GIFT_CARD_NOT_FOUND' },
      ]),
    };
  card.deactivatedAt ??= api.store.clock.iso();
  card.updatedAt = api.store.clock.iso();
  api.store.touch();
  return {
    __typename: 'GiftCardDeactivatePayload',
    giftCard: giftCardView(api, card),
    userErrors: [],
  };
}

const creditSchema = z.object({
  id: z.string(),
  creditInput: z.object({
    creditAmount: money,
    expiresAt: z.string().nullish(),
    notify: z.boolean().nullish(),
  }),
});

/** `storeCreditAccountCredit` to a customer, in the shop's currency. Each call pays: there is no key. */
export function creditStoreCredit(api: ApiContext, args: Arguments): View {
  const { id: gid, creditInput } = creditSchema.parse(args);
  const { creditAmount, expiresAt, notify } = creditInput;
  const refuse = (field: string[], message: string, code: string): View => ({
    __typename: 'StoreCreditAccountCreditPayload',
    storeCreditAccountTransaction: null,
    userErrors: userErrors('StoreCreditAccountCreditUserError', [{ field, message, code }]),
  });
  const customer = findCustomer(api, gid);
  if (customer === undefined) return refuse(['id'], 'Owner does not exist', 'OWNER_NOT_FOUND');
  const cents = parseCents(creditAmount.amount);
  const field = ['creditInput', 'creditAmount'];
  if (cents <= 0) return refuse([...field, 'amount'], 'Amount must be positive', 'NEGATIVE_OR_ZERO_AMOUNT');
  if (creditAmount.currencyCode !== api.shop.currency)
    return refuse([...field, 'currencyCode'], 'Currency is not supported', 'UNSUPPORTED_CURRENCY');
  const held = api.shop.storeCredits.filter(({ customerId }) => customerId === customer.id);
  const balance = held.reduce((total, one) => total + one.amount, 0) + cents;
  if (balance > mostCredit) return refuse(field, 'Credit limit exceeded', 'CREDIT_LIMIT_EXCEEDED');
  if (expiresAt != null && new Date(expiresAt) <= api.store.clock.now())
    return refuse(['creditInput', 'expiresAt'], 'Expiry date must be in the future', 'EXPIRES_AT_IN_PAST');
  const now = api.store.clock.iso();
  const id = api.store.takeId('StoreCreditAccountCreditTransaction');
  const accountId = held[0]?.accountId ?? api.store.takeId('StoreCreditAccount');
  api.shop.storeCredits.push({
    id,
    accountId,
    customerId: customer.id,
    amount: cents,
    expiresAt: expiresAt ?? null,
    notify: notify ?? false,
    createdAt: now,
  });
  api.store.touch();
  return {
    __typename: 'StoreCreditAccountCreditPayload',
    storeCreditAccountTransaction: {
      __typename: 'StoreCreditAccountCreditTransaction',
      id: toGid('StoreCreditAccountCreditTransaction', id),
      amount: moneyView(api.shop, cents),
      balanceAfterTransaction: moneyView(api.shop, balance),
      createdAt: now,
      expiresAt: expiresAt ?? null,
    },
    userErrors: [],
  };
}
