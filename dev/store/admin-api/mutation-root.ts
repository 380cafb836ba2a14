import { z } from 'zod';
import { addTags, changeConsent, removeTags } from '../actions/customers';
import { fromGid } from '../state/ids';
import type { Customer } from '../state/model';
import { BulkRefusal, type BulkOperations } from './bulk-operations';
import { badRequest } from './connection';
import type { ApiContext, Arguments, View } from './context';
import { addRedeemCodes, deleteRedeemCodes } from './code-mutations';
import {
  answerDeactivate,
  answerDelete,
  createBasicDiscount,
  createFreeShippingDiscount,
} from './discount-mutations';
import { createGiftCard, creditStoreCredit, deactivateGiftCard } from './money-mutations';
import { receiveFlowTrigger } from './flow-mutations';
import { defineMetafield, deleteMetafields, setMetafields } from './metafield-mutations';
import { userErrors, type UserError } from './user-errors';
import { customerView } from './views/customer';

const consentSchema = z.object({
  input: z.object({
    customerId: z.string(),
    emailMarketingConsent: z.object({
      marketingState: z.string(),
      marketingOptInLevel: z.enum(['SINGLE_OPT_IN', 'CONFIRMED_OPT_IN', 'UNKNOWN']).nullish(),
      consentUpdatedAt: z.string().nullish(),
    }),
  }),
});

const OPT_IN = {
  SINGLE_OPT_IN: 'single_opt_in',
  CONFIRMED_OPT_IN: 'confirmed_opt_in',
  UNKNOWN: 'unknown',
} as const;
const WRITABLE_STATES = z.enum(['SUBSCRIBED', 'UNSUBSCRIBED', 'PENDING']);
const STATES = { SUBSCRIBED: 'subscribed', UNSUBSCRIBED: 'unsubscribed', PENDING: 'pending' } as const;

function updateConsent(api: ApiContext, args: Arguments): View {
  const { input } = consentSchema.parse(args);
  const wanted = input.emailMarketingConsent;
  const refuse = (error: UserError): View => ({
    __typename: 'CustomerEmailMarketingConsentUpdatePayload',
    customer: null,
    userErrors: userErrors('CustomerEmailMarketingConsentUpdateUserError', [error]),
  });
  const customer = findCustomer(api, input.customerId);
  if (customer === null)
    return refuse({ field: ['input', 'customerId'], message: 'Customer not found', code: 'INVALID' });
  const stateField = ['input', 'emailMarketingConsent', 'marketingState'];
  const state = WRITABLE_STATES.safeParse(wanted.marketingState);
  if (!state.success) {
    return refuse({
      field: stateField,
      message: `Cannot specify ${wanted.marketingState} as a marketing state input`,
      code: 'INVALID',
    });
  }
  if (customer.email === null) {
    return refuse({
      field: ['input', 'emailMarketingConsent'],
      message: 'An email address is required to set the email marketing consent state.',
      code: 'INVALID',
    });
  }
  const consentUpdatedAt = wanted.consentUpdatedAt ?? null;
  if (consentUpdatedAt !== null && new Date(consentUpdatedAt) > api.store.clock.now()) {
    return refuse({
      field: ['input', 'emailMarketingConsent', 'consentUpdatedAt'],
      message: 'Consent updated at must not be in the future',
      code: 'INVALID',
    });
  }
  if (state.data === 'PENDING' && wanted.marketingOptInLevel !== 'CONFIRMED_OPT_IN') {
    return refuse({
      field: stateField,
      message: 'Opt in level must be confirmed opt-in for pending consent state',
      code: 'INVALID',
    });
  }
  const level =
    wanted.marketingOptInLevel == null ? customer.consent.optInLevel : OPT_IN[wanted.marketingOptInLevel];
  const changed = changeConsent(
    api.store,
    api.shop,
    customer.id,
    STATES[state.data],
    level,
    consentUpdatedAt,
  );
  return {
    __typename: 'CustomerEmailMarketingConsentUpdatePayload',
    customer: customerView(api, changed),
    userErrors: [],
  };
}

function findCustomer(api: ApiContext, gid: string): Customer | null {
  const id = fromGid('Customer', gid);
  return api.shop.customers.find((customer) => customer.id === id) ?? null;
}

const tagsSchema = z.object({ id: z.string(), tags: z.array(z.string()) });

function changeTags(api: ApiContext, args: Arguments, type: string, change: typeof addTags): View {
  const { id, tags } = tagsSchema.parse(args);
  const customer = findCustomer(api, id);
  if (customer === null && !id.startsWith('gid://shopify/Customer/')) {
    throw badRequest('The stand-in implements tags of customers only.');
  }
  if (customer === null)
    return {
      __typename: type,
      node: null,
      userErrors: userErrors('UserError', [{ field: ['id'], message: 'Resource not found' }]),
    };
  return {
    __typename: type,
    node: customerView(api, change(api.store, api.shop, customer.id, tags)),
    userErrors: [],
  };
}

/** The fields of `Mutation` that the stand-in answers. */
export function mutationRoot(api: ApiContext, bulk: BulkOperations): View {
  return {
    __typename: 'Mutation',
    customerEmailMarketingConsentUpdate: (args: Arguments) => updateConsent(api, args),
    tagsAdd: (args: Arguments) => changeTags(api, args, 'TagsAddPayload', addTags),
    tagsRemove: (args: Arguments) => changeTags(api, args, 'TagsRemovePayload', removeTags),
    metafieldsSet: (args: Arguments) => setMetafields(api, args),
    flowTriggerReceive: (args: Arguments) => receiveFlowTrigger(api, args),
    metafieldsDelete: (args: Arguments) => deleteMetafields(api, args),
    metafieldDefinitionCreate: (args: Arguments) => defineMetafield(api, args),
    discountCodeBasicCreate: (args: Arguments) => createBasicDiscount(api, args),
    discountCodeFreeShippingCreate: (args: Arguments) => createFreeShippingDiscount(api, args),
    discountRedeemCodeBulkAdd: (args: Arguments) => addRedeemCodes(api, args),
    discountCodeRedeemCodeBulkDelete: (args: Arguments) => deleteRedeemCodes(api, args),
    discountCodeDelete: (args: Arguments) => answerDelete(api, args),
    discountCodeDeactivate: (args: Arguments) => answerDeactivate(api, args),
    giftCardCreate: (args: Arguments) => createGiftCard(api, args),
    giftCardDeactivate: (args: Arguments) => deactivateGiftCard(api, args),
    storeCreditAccountCredit: (args: Arguments) => creditStoreCredit(api, args),
    bulkOperationRunQuery: (args: Arguments) => runBulkQuery(api, bulk, args),
    bulkOperationCancel: (args: Arguments) => {
      const gid = z.object({ id: z.string() }).parse(args).id;
      const operation = bulk.find(api.shop, fromGid('BulkOperation', gid) ?? 0n);
      const done = operation !== null && bulk.cancel(operation);
      const message =
        operation === null
          ? 'Bulk operation does not exist'
          : 'A bulk operation cannot be canceled when it is completed';
      return {
        __typename: 'BulkOperationCancelPayload',
        bulkOperation: operation === null ? null : bulk.view(operation),
        userErrors: done ? [] : userErrors('UserError', [{ field: ['id'], message }]),
      };
    },
  };
}

function runBulkQuery(api: ApiContext, bulk: BulkOperations, args: Arguments): View {
  const { query } = z.object({ query: z.string() }).parse(args);
  try {
    return {
      __typename: 'BulkOperationRunQueryPayload',
      bulkOperation: bulk.view(bulk.start(api.shop, query)),
      userErrors: [],
    };
  } catch (error) {
    if (!(error instanceof BulkRefusal)) throw error;
    const refusal: UserError = {
      field: error.code === 'INVALID' ? ['query'] : null,
      message: error.message,
      code: error.code,
    };
    return {
      __typename: 'BulkOperationRunQueryPayload',
      bulkOperation: null,
      userErrors: userErrors('BulkOperationUserError', [refusal]),
    };
  }
}
