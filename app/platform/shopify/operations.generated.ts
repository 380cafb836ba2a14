// Written by `npm run graphql:generate` from operations/*.graphql and the Admin API's schema 2026-07. Do not edit.
import { z } from 'zod';

export const addRedeemCodes = {
  name: 'AddRedeemCodes',
  kind: 'mutation',
  document:
    'mutation AddRedeemCodes($discountId: ID!, $codes: [DiscountRedeemCodeInput!]!) { discountRedeemCodeBulkAdd(discountId: $discountId, codes: $codes) { bulkCreation { id } userErrors { field message code } } }',
  variables: z.object({ discountId: z.string(), codes: z.array(z.object({ code: z.string() })) }),
  result: z.object({
    discountRedeemCodeBulkAdd: z
      .object({
        bulkCreation: z.object({ id: z.string() }).nullable(),
        userErrors: z.array(
          z.object({
            field: z.array(z.string()).nullable(),
            message: z.string(),
            code: z
              .enum([
                'ACTIVE_PERIOD_OVERLAP',
                'APPLIES_ON_NOTHING',
                'BLANK',
                'CONFLICT',
                'DISCOUNT_NOT_COMPATIBLE_WITH_CONDITION_TYPES',
                'DUPLICATE',
                'END_DATE_BEFORE_START_DATE',
                'EQUAL_TO',
                'EXCEEDED_MAX',
                'GREATER_THAN',
                'GREATER_THAN_OR_EQUAL_TO',
                'IMPLICIT_DUPLICATE',
                'INCLUSION',
                'INTERNAL_ERROR',
                'INVALID',
                'INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS',
                'INVALID_DISCOUNT_CLASS_FOR_PRICE_RULE',
                'INVALID_PRODUCT_DISCOUNTS_FALSE_WITH_EXISTING_TAGS_ON_SAME_CART_LINE',
                'INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_FOR_DISCOUNT_CLASS',
                'INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_WITHOUT_PRODUCT_DISCOUNTS',
                'INVALID_TAG_LENGTH',
                'LESS_THAN',
                'LESS_THAN_OR_EQUAL_TO',
                'MAX_APP_DISCOUNTS',
                'MINIMUM_SUBTOTAL_AND_QUANTITY_RANGE_BOTH_PRESENT',
                'MISSING_ARGUMENT',
                'MISSING_FUNCTION_IDENTIFIER',
                'MULTIPLE_FUNCTION_IDENTIFIERS',
                'MULTIPLE_RECURRING_CYCLE_LIMIT_FOR_NON_SUBSCRIPTION_ITEMS',
                'PRESENT',
                'PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_NOT_ENTITLED',
                'RECURRING_CYCLE_LIMIT_NOT_A_VALID_INTEGER',
                'TAKEN',
                'TOO_LONG',
                'TOO_MANY_ARGUMENTS',
                'TOO_MANY_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE',
                'TOO_MANY_TAGS',
                'TOO_SHORT',
                'VALUE_OUTSIDE_RANGE',
              ])
              .nullable(),
          }),
        ),
      })
      .nullable(),
  }),
} as const;

export const addTags = {
  name: 'AddTags',
  kind: 'mutation',
  document:
    'mutation AddTags($id: ID!, $tags: [String!]!) { tagsAdd(id: $id, tags: $tags) { userErrors { field message } } }',
  variables: z.object({ id: z.string(), tags: z.array(z.string()) }),
  result: z.object({
    tagsAdd: z
      .object({
        userErrors: z.array(z.object({ field: z.array(z.string()).nullable(), message: z.string() })),
      })
      .nullable(),
  }),
} as const;

export const bulkCustomers = {
  name: 'BulkCustomers',
  kind: 'query',
  document:
    'query BulkCustomers($filter: String) { customers(query: $filter) { edges { node { id firstName lastName locale tags createdAt updatedAt defaultEmailAddress { emailAddress marketingState marketingOptInLevel marketingUpdatedAt } defaultPhoneNumber { phoneNumber } defaultAddress { countryCodeV2 city } } } } }',
  variables: z.object({ filter: z.string().nullish() }),
  result: z.object({
    customers: z.object({
      edges: z.array(
        z.object({
          node: z.object({
            id: z.string(),
            firstName: z.string().nullable(),
            lastName: z.string().nullable(),
            locale: z.string(),
            tags: z.array(z.string()),
            createdAt: z.string(),
            updatedAt: z.string(),
            defaultEmailAddress: z
              .object({
                emailAddress: z.string(),
                marketingState: z.enum([
                  'INVALID',
                  'NOT_SUBSCRIBED',
                  'PENDING',
                  'SUBSCRIBED',
                  'UNSUBSCRIBED',
                ]),
                marketingOptInLevel: z.enum(['CONFIRMED_OPT_IN', 'SINGLE_OPT_IN', 'UNKNOWN']).nullable(),
                marketingUpdatedAt: z.string().nullable(),
              })
              .nullable(),
            defaultPhoneNumber: z.object({ phoneNumber: z.string() }).nullable(),
            defaultAddress: z
              .object({ countryCodeV2: z.string().nullable(), city: z.string().nullable() })
              .nullable(),
          }),
        }),
      ),
    }),
  }),
} as const;

export const bulkOperation = {
  name: 'BulkOperation',
  kind: 'query',
  document:
    'query BulkOperation($id: ID!) { bulkOperation(id: $id) { id status errorCode url objectCount } }',
  variables: z.object({ id: z.string() }),
  result: z.object({
    bulkOperation: z
      .object({
        id: z.string(),
        status: z.enum(['CANCELED', 'CANCELING', 'COMPLETED', 'CREATED', 'EXPIRED', 'FAILED', 'RUNNING']),
        errorCode: z.enum(['ACCESS_DENIED', 'INTERNAL_SERVER_ERROR', 'TIMEOUT']).nullable(),
        url: z.string().nullable(),
        objectCount: z.string(),
      })
      .nullable(),
  }),
} as const;

export const bulkOrders = {
  name: 'BulkOrders',
  kind: 'query',
  document:
    'query BulkOrders($filter: String) { orders(query: $filter) { edges { node { id name email phone createdAt processedAt updatedAt cancelledAt cancelReason discountCodes landingPageUrl customAttributes { key value } checkoutToken cartToken currencyCode presentmentCurrencyCode customerLocale sourceName tags test taxesIncluded displayFinancialStatus displayFulfillmentStatus totalPriceSet { shopMoney { amount } presentmentMoney { amount } } totalTaxSet { shopMoney { amount } } totalDiscountsSet { shopMoney { amount } } totalTipReceivedSet { shopMoney { amount } } customer { id firstName lastName defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } } shippingAddress { firstName lastName address1 address2 zip city countryCodeV2 } refunds { id } shippingLines { edges { node { id discountedPriceSet { shopMoney { amount } } } } } lineItems { edges { node { id title sku quantity currentQuantity isGiftCard originalUnitPriceSet { shopMoney { amount } } discountAllocations { allocatedAmountSet { shopMoney { amount } } discountApplication { __typename ... on DiscountCodeApplication { code value { __typename } } } } taxLines { priceSet { shopMoney { amount } } } product { id } variant { id } } } } } } } }',
  variables: z.object({ filter: z.string().nullish() }),
  result: z.object({
    orders: z.object({
      edges: z.array(
        z.object({
          node: z.object({
            id: z.string(),
            name: z.string(),
            email: z.string().nullable(),
            phone: z.string().nullable(),
            createdAt: z.string(),
            processedAt: z.string(),
            updatedAt: z.string(),
            cancelledAt: z.string().nullable(),
            cancelReason: z.enum(['CUSTOMER', 'DECLINED', 'FRAUD', 'INVENTORY', 'OTHER', 'STAFF']).nullable(),
            discountCodes: z.array(z.string()),
            landingPageUrl: z.string().nullable(),
            customAttributes: z.array(z.object({ key: z.string(), value: z.string().nullable() })),
            checkoutToken: z.string().nullable(),
            cartToken: z.string().nullable(),
            currencyCode: z.string(),
            presentmentCurrencyCode: z.string(),
            customerLocale: z.string().nullable(),
            sourceName: z.string().nullable(),
            tags: z.array(z.string()),
            test: z.boolean(),
            taxesIncluded: z.boolean(),
            displayFinancialStatus: z
              .enum([
                'AUTHORIZED',
                'EXPIRED',
                'PAID',
                'PARTIALLY_PAID',
                'PARTIALLY_REFUNDED',
                'PENDING',
                'REFUNDED',
                'VOIDED',
              ])
              .nullable(),
            displayFulfillmentStatus: z.enum([
              'FULFILLED',
              'IN_PROGRESS',
              'ON_HOLD',
              'OPEN',
              'PARTIALLY_FULFILLED',
              'PENDING_FULFILLMENT',
              'REQUEST_DECLINED',
              'RESTOCKED',
              'SCHEDULED',
              'UNFULFILLED',
            ]),
            totalPriceSet: z.object({
              shopMoney: z.object({ amount: z.string() }),
              presentmentMoney: z.object({ amount: z.string() }),
            }),
            totalTaxSet: z.object({ shopMoney: z.object({ amount: z.string() }) }).nullable(),
            totalDiscountsSet: z.object({ shopMoney: z.object({ amount: z.string() }) }).nullable(),
            totalTipReceivedSet: z.object({ shopMoney: z.object({ amount: z.string() }) }),
            customer: z
              .object({
                id: z.string(),
                firstName: z.string().nullable(),
                lastName: z.string().nullable(),
                defaultEmailAddress: z.object({ emailAddress: z.string() }).nullable(),
                defaultPhoneNumber: z.object({ phoneNumber: z.string() }).nullable(),
              })
              .nullable(),
            shippingAddress: z
              .object({
                firstName: z.string().nullable(),
                lastName: z.string().nullable(),
                address1: z.string().nullable(),
                address2: z.string().nullable(),
                zip: z.string().nullable(),
                city: z.string().nullable(),
                countryCodeV2: z.string().nullable(),
              })
              .nullable(),
            refunds: z.array(z.object({ id: z.string() })),
            shippingLines: z.object({
              edges: z.array(
                z.object({
                  node: z.object({
                    id: z.string().nullable(),
                    discountedPriceSet: z.object({ shopMoney: z.object({ amount: z.string() }) }),
                  }),
                }),
              ),
            }),
            lineItems: z.object({
              edges: z.array(
                z.object({
                  node: z.object({
                    id: z.string(),
                    title: z.string(),
                    sku: z.string().nullable(),
                    quantity: z.number().int(),
                    currentQuantity: z.number().int(),
                    isGiftCard: z.boolean(),
                    originalUnitPriceSet: z.object({ shopMoney: z.object({ amount: z.string() }) }),
                    discountAllocations: z.array(
                      z.object({
                        allocatedAmountSet: z.object({ shopMoney: z.object({ amount: z.string() }) }),
                        discountApplication: z.union([
                          z.object({
                            __typename: z.literal('DiscountCodeApplication'),
                            code: z.string(),
                            value: z.object({ __typename: z.string() }),
                          }),
                          z.object({ __typename: z.string() }),
                        ]),
                      }),
                    ),
                    taxLines: z.array(
                      z.object({ priceSet: z.object({ shopMoney: z.object({ amount: z.string() }) }) }),
                    ),
                    product: z.object({ id: z.string() }).nullable(),
                    variant: z.object({ id: z.string() }).nullable(),
                  }),
                }),
              ),
            }),
          }),
        }),
      ),
    }),
  }),
} as const;

export const bulkProducts = {
  name: 'BulkProducts',
  kind: 'query',
  document:
    'query BulkProducts($filter: String) { products(query: $filter) { edges { node { id title handle productType vendor status tags updatedAt featuredMedia { preview { image { url } } } collections { edges { node { id title updatedAt } } } variants { edges { node { id title sku price image { url } inventoryItem { unitCost { amount } } } } } } } } }',
  variables: z.object({ filter: z.string().nullish() }),
  result: z.object({
    products: z.object({
      edges: z.array(
        z.object({
          node: z.object({
            id: z.string(),
            title: z.string(),
            handle: z.string(),
            productType: z.string(),
            vendor: z.string(),
            status: z.enum(['ACTIVE', 'ARCHIVED', 'DRAFT', 'UNLISTED']),
            tags: z.array(z.string()),
            updatedAt: z.string(),
            featuredMedia: z
              .object({ preview: z.object({ image: z.object({ url: z.string() }).nullable() }).nullable() })
              .nullable(),
            collections: z.object({
              edges: z.array(
                z.object({ node: z.object({ id: z.string(), title: z.string(), updatedAt: z.string() }) }),
              ),
            }),
            variants: z.object({
              edges: z.array(
                z.object({
                  node: z.object({
                    id: z.string(),
                    title: z.string(),
                    sku: z.string().nullable(),
                    price: z.string(),
                    image: z.object({ url: z.string() }).nullable(),
                    inventoryItem: z.object({ unitCost: z.object({ amount: z.string() }).nullable() }),
                  }),
                }),
              ),
            }),
          }),
        }),
      ),
    }),
  }),
} as const;

export const createBasicDiscountCode = {
  name: 'CreateBasicDiscountCode',
  kind: 'mutation',
  document:
    'mutation CreateBasicDiscountCode($discount: DiscountCodeBasicInput!) { discountCodeBasicCreate(basicCodeDiscount: $discount) { codeDiscountNode { id } userErrors { field message code } } }',
  variables: z.object({
    discount: z.object({
      appliesOncePerCustomer: z.boolean().nullish(),
      code: z.string().nullish(),
      combinesWith: z
        .object({
          orderDiscounts: z.boolean().nullish(),
          productDiscounts: z.boolean().nullish(),
          productDiscountsWithTagsOnSameCartLine: z
            .object({ add: z.array(z.string()).nullish(), remove: z.array(z.string()).nullish() })
            .nullish(),
          shippingDiscounts: z.boolean().nullish(),
        })
        .nullish(),
      context: z
        .object({
          all: z.enum(['ALL']).nullish(),
          customerSegments: z
            .object({ add: z.array(z.string()).nullish(), remove: z.array(z.string()).nullish() })
            .nullish(),
          customers: z
            .object({ add: z.array(z.string()).nullish(), remove: z.array(z.string()).nullish() })
            .nullish(),
          markets: z
            .object({ add: z.array(z.string()).nullish(), remove: z.array(z.string()).nullish() })
            .nullish(),
        })
        .nullish(),
      customerGets: z
        .object({
          appliesOnOneTimePurchase: z.boolean().nullish(),
          appliesOnSubscription: z.boolean().nullish(),
          items: z
            .object({
              all: z.boolean().nullish(),
              collections: z
                .object({ add: z.array(z.string()).nullish(), remove: z.array(z.string()).nullish() })
                .nullish(),
              products: z
                .object({
                  productVariantsToAdd: z.array(z.string()).nullish(),
                  productVariantsToRemove: z.array(z.string()).nullish(),
                  productsToAdd: z.array(z.string()).nullish(),
                  productsToRemove: z.array(z.string()).nullish(),
                })
                .nullish(),
            })
            .nullish(),
          value: z
            .object({
              discountAmount: z
                .object({ amount: z.string().nullish(), appliesOnEachItem: z.boolean().nullish() })
                .nullish(),
              discountOnQuantity: z
                .object({
                  effect: z
                    .object({ amount: z.string().nullish(), percentage: z.number().nullish() })
                    .nullish(),
                  quantity: z.string().nullish(),
                })
                .nullish(),
              percentage: z.number().nullish(),
            })
            .nullish(),
        })
        .nullish(),
      customerSelection: z
        .object({
          all: z.boolean().nullish(),
          customerSegments: z
            .object({ add: z.array(z.string()).nullish(), remove: z.array(z.string()).nullish() })
            .nullish(),
          customers: z
            .object({ add: z.array(z.string()).nullish(), remove: z.array(z.string()).nullish() })
            .nullish(),
        })
        .nullish(),
      endsAt: z.string().nullish(),
      minimumRequirement: z
        .object({
          quantity: z.object({ greaterThanOrEqualToQuantity: z.string().nullish() }).nullish(),
          subtotal: z.object({ greaterThanOrEqualToSubtotal: z.string().nullish() }).nullish(),
        })
        .nullish(),
      recurringCycleLimit: z.number().int().nullish(),
      startsAt: z.string().nullish(),
      tags: z.array(z.string()).nullish(),
      title: z.string().nullish(),
      usageLimit: z.number().int().nullish(),
    }),
  }),
  result: z.object({
    discountCodeBasicCreate: z
      .object({
        codeDiscountNode: z.object({ id: z.string() }).nullable(),
        userErrors: z.array(
          z.object({
            field: z.array(z.string()).nullable(),
            message: z.string(),
            code: z
              .enum([
                'ACTIVE_PERIOD_OVERLAP',
                'APPLIES_ON_NOTHING',
                'BLANK',
                'CONFLICT',
                'DISCOUNT_NOT_COMPATIBLE_WITH_CONDITION_TYPES',
                'DUPLICATE',
                'END_DATE_BEFORE_START_DATE',
                'EQUAL_TO',
                'EXCEEDED_MAX',
                'GREATER_THAN',
                'GREATER_THAN_OR_EQUAL_TO',
                'IMPLICIT_DUPLICATE',
                'INCLUSION',
                'INTERNAL_ERROR',
                'INVALID',
                'INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS',
                'INVALID_DISCOUNT_CLASS_FOR_PRICE_RULE',
                'INVALID_PRODUCT_DISCOUNTS_FALSE_WITH_EXISTING_TAGS_ON_SAME_CART_LINE',
                'INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_FOR_DISCOUNT_CLASS',
                'INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_WITHOUT_PRODUCT_DISCOUNTS',
                'INVALID_TAG_LENGTH',
                'LESS_THAN',
                'LESS_THAN_OR_EQUAL_TO',
                'MAX_APP_DISCOUNTS',
                'MINIMUM_SUBTOTAL_AND_QUANTITY_RANGE_BOTH_PRESENT',
                'MISSING_ARGUMENT',
                'MISSING_FUNCTION_IDENTIFIER',
                'MULTIPLE_FUNCTION_IDENTIFIERS',
                'MULTIPLE_RECURRING_CYCLE_LIMIT_FOR_NON_SUBSCRIPTION_ITEMS',
                'PRESENT',
                'PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_NOT_ENTITLED',
                'RECURRING_CYCLE_LIMIT_NOT_A_VALID_INTEGER',
                'TAKEN',
                'TOO_LONG',
                'TOO_MANY_ARGUMENTS',
                'TOO_MANY_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE',
                'TOO_MANY_TAGS',
                'TOO_SHORT',
                'VALUE_OUTSIDE_RANGE',
              ])
              .nullable(),
          }),
        ),
      })
      .nullable(),
  }),
} as const;

export const createFreeShippingCode = {
  name: 'CreateFreeShippingCode',
  kind: 'mutation',
  document:
    'mutation CreateFreeShippingCode($discount: DiscountCodeFreeShippingInput!) { discountCodeFreeShippingCreate(freeShippingCodeDiscount: $discount) { codeDiscountNode { id } userErrors { field message code } } }',
  variables: z.object({
    discount: z.object({
      appliesOnOneTimePurchase: z.boolean().nullish(),
      appliesOnSubscription: z.boolean().nullish(),
      appliesOncePerCustomer: z.boolean().nullish(),
      code: z.string().nullish(),
      combinesWith: z
        .object({
          orderDiscounts: z.boolean().nullish(),
          productDiscounts: z.boolean().nullish(),
          productDiscountsWithTagsOnSameCartLine: z
            .object({ add: z.array(z.string()).nullish(), remove: z.array(z.string()).nullish() })
            .nullish(),
          shippingDiscounts: z.boolean().nullish(),
        })
        .nullish(),
      context: z
        .object({
          all: z.enum(['ALL']).nullish(),
          customerSegments: z
            .object({ add: z.array(z.string()).nullish(), remove: z.array(z.string()).nullish() })
            .nullish(),
          customers: z
            .object({ add: z.array(z.string()).nullish(), remove: z.array(z.string()).nullish() })
            .nullish(),
          markets: z
            .object({ add: z.array(z.string()).nullish(), remove: z.array(z.string()).nullish() })
            .nullish(),
        })
        .nullish(),
      customerSelection: z
        .object({
          all: z.boolean().nullish(),
          customerSegments: z
            .object({ add: z.array(z.string()).nullish(), remove: z.array(z.string()).nullish() })
            .nullish(),
          customers: z
            .object({ add: z.array(z.string()).nullish(), remove: z.array(z.string()).nullish() })
            .nullish(),
        })
        .nullish(),
      destination: z
        .object({
          all: z.boolean().nullish(),
          countries: z
            .object({
              add: z.array(z.string()).nullish(),
              includeRestOfWorld: z.boolean().nullish(),
              remove: z.array(z.string()).nullish(),
            })
            .nullish(),
        })
        .nullish(),
      endsAt: z.string().nullish(),
      maximumShippingPrice: z.string().nullish(),
      minimumRequirement: z
        .object({
          quantity: z.object({ greaterThanOrEqualToQuantity: z.string().nullish() }).nullish(),
          subtotal: z.object({ greaterThanOrEqualToSubtotal: z.string().nullish() }).nullish(),
        })
        .nullish(),
      recurringCycleLimit: z.number().int().nullish(),
      startsAt: z.string().nullish(),
      tags: z.array(z.string()).nullish(),
      title: z.string().nullish(),
      usageLimit: z.number().int().nullish(),
    }),
  }),
  result: z.object({
    discountCodeFreeShippingCreate: z
      .object({
        codeDiscountNode: z.object({ id: z.string() }).nullable(),
        userErrors: z.array(
          z.object({
            field: z.array(z.string()).nullable(),
            message: z.string(),
            code: z
              .enum([
                'ACTIVE_PERIOD_OVERLAP',
                'APPLIES_ON_NOTHING',
                'BLANK',
                'CONFLICT',
                'DISCOUNT_NOT_COMPATIBLE_WITH_CONDITION_TYPES',
                'DUPLICATE',
                'END_DATE_BEFORE_START_DATE',
                'EQUAL_TO',
                'EXCEEDED_MAX',
                'GREATER_THAN',
                'GREATER_THAN_OR_EQUAL_TO',
                'IMPLICIT_DUPLICATE',
                'INCLUSION',
                'INTERNAL_ERROR',
                'INVALID',
                'INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS',
                'INVALID_DISCOUNT_CLASS_FOR_PRICE_RULE',
                'INVALID_PRODUCT_DISCOUNTS_FALSE_WITH_EXISTING_TAGS_ON_SAME_CART_LINE',
                'INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_FOR_DISCOUNT_CLASS',
                'INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_WITHOUT_PRODUCT_DISCOUNTS',
                'INVALID_TAG_LENGTH',
                'LESS_THAN',
                'LESS_THAN_OR_EQUAL_TO',
                'MAX_APP_DISCOUNTS',
                'MINIMUM_SUBTOTAL_AND_QUANTITY_RANGE_BOTH_PRESENT',
                'MISSING_ARGUMENT',
                'MISSING_FUNCTION_IDENTIFIER',
                'MULTIPLE_FUNCTION_IDENTIFIERS',
                'MULTIPLE_RECURRING_CYCLE_LIMIT_FOR_NON_SUBSCRIPTION_ITEMS',
                'PRESENT',
                'PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_NOT_ENTITLED',
                'RECURRING_CYCLE_LIMIT_NOT_A_VALID_INTEGER',
                'TAKEN',
                'TOO_LONG',
                'TOO_MANY_ARGUMENTS',
                'TOO_MANY_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE',
                'TOO_MANY_TAGS',
                'TOO_SHORT',
                'VALUE_OUTSIDE_RANGE',
              ])
              .nullable(),
          }),
        ),
      })
      .nullable(),
  }),
} as const;

export const createGiftCard = {
  name: 'CreateGiftCard',
  kind: 'mutation',
  document:
    'mutation CreateGiftCard($input: GiftCardCreateInput!) { giftCardCreate(input: $input) { giftCard { id } userErrors { field message code } } }',
  variables: z.object({
    input: z.object({
      code: z.string().nullish(),
      crossCurrencyRedemptionStrategy: z.enum(['MARKET_FX', 'NONE', 'SPOT_FX']).nullish(),
      customerId: z.string().nullish(),
      expiresOn: z.string().nullish(),
      initialAmount: z.object({ amount: z.string(), currencyCode: z.string() }).nullish(),
      initialValue: z.string().nullish(),
      note: z.string().nullish(),
      recipientAttributes: z
        .object({
          id: z.string(),
          message: z.string().nullish(),
          preferredName: z.string().nullish(),
          sendNotificationAt: z.string().nullish(),
        })
        .nullish(),
      templateSuffix: z.string().nullish(),
    }),
  }),
  result: z.object({
    giftCardCreate: z
      .object({
        giftCard: z.object({ id: z.string() }).nullable(),
        userErrors: z.array(
          z.object({
            field: z.array(z.string()).nullable(),
            message: z.string(),
            code: z
              .enum([
                'CUSTOMER_NOT_FOUND',
                'GIFT_CARD_LIMIT_EXCEEDED',
                'GREATER_THAN',
                'INTERNAL_ERROR',
                'INVALID',
                'MISSING_ARGUMENT',
                'RECIPIENT_NOT_FOUND',
                'TAKEN',
                'TOO_LONG',
                'TOO_SHORT',
              ])
              .nullable(),
          }),
        ),
      })
      .nullable(),
  }),
} as const;

export const creditStoreCredit = {
  name: 'CreditStoreCredit',
  kind: 'mutation',
  document:
    'mutation CreditStoreCredit($id: ID!, $creditInput: StoreCreditAccountCreditInput!) { storeCreditAccountCredit(id: $id, creditInput: $creditInput) { storeCreditAccountTransaction { id } userErrors { field message code } } }',
  variables: z.object({
    id: z.string(),
    creditInput: z.object({
      creditAmount: z.object({ amount: z.string(), currencyCode: z.string() }),
      expiresAt: z.string().nullish(),
      notify: z.boolean().nullish(),
    }),
  }),
  result: z.object({
    storeCreditAccountCredit: z
      .object({
        storeCreditAccountTransaction: z.object({ id: z.string() }).nullable(),
        userErrors: z.array(
          z.object({
            field: z.array(z.string()).nullable(),
            message: z.string(),
            code: z
              .enum([
                'ACCOUNT_NOT_FOUND',
                'CREDIT_LIMIT_EXCEEDED',
                'EXPIRES_AT_IN_PAST',
                'MISMATCHING_CURRENCY',
                'NEGATIVE_OR_ZERO_AMOUNT',
                'OWNER_NOT_FOUND',
                'UNSUPPORTED_CURRENCY',
              ])
              .nullable(),
          }),
        ),
      })
      .nullable(),
  }),
} as const;

export const deactivateDiscountCode = {
  name: 'DeactivateDiscountCode',
  kind: 'mutation',
  document:
    'mutation DeactivateDiscountCode($id: ID!) { discountCodeDeactivate(id: $id) { codeDiscountNode { codeDiscount { __typename ... on DiscountCodeBasic { asyncUsageCount } ... on DiscountCodeFreeShipping { asyncUsageCount } } } userErrors { field message code } } }',
  variables: z.object({ id: z.string() }),
  result: z.object({
    discountCodeDeactivate: z
      .object({
        codeDiscountNode: z
          .object({
            codeDiscount: z.union([
              z.object({ __typename: z.literal('DiscountCodeBasic'), asyncUsageCount: z.number().int() }),
              z.object({
                __typename: z.literal('DiscountCodeFreeShipping'),
                asyncUsageCount: z.number().int(),
              }),
              z.object({ __typename: z.string() }),
            ]),
          })
          .nullable(),
        userErrors: z.array(
          z.object({
            field: z.array(z.string()).nullable(),
            message: z.string(),
            code: z
              .enum([
                'ACTIVE_PERIOD_OVERLAP',
                'APPLIES_ON_NOTHING',
                'BLANK',
                'CONFLICT',
                'DISCOUNT_NOT_COMPATIBLE_WITH_CONDITION_TYPES',
                'DUPLICATE',
                'END_DATE_BEFORE_START_DATE',
                'EQUAL_TO',
                'EXCEEDED_MAX',
                'GREATER_THAN',
                'GREATER_THAN_OR_EQUAL_TO',
                'IMPLICIT_DUPLICATE',
                'INCLUSION',
                'INTERNAL_ERROR',
                'INVALID',
                'INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS',
                'INVALID_DISCOUNT_CLASS_FOR_PRICE_RULE',
                'INVALID_PRODUCT_DISCOUNTS_FALSE_WITH_EXISTING_TAGS_ON_SAME_CART_LINE',
                'INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_FOR_DISCOUNT_CLASS',
                'INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_WITHOUT_PRODUCT_DISCOUNTS',
                'INVALID_TAG_LENGTH',
                'LESS_THAN',
                'LESS_THAN_OR_EQUAL_TO',
                'MAX_APP_DISCOUNTS',
                'MINIMUM_SUBTOTAL_AND_QUANTITY_RANGE_BOTH_PRESENT',
                'MISSING_ARGUMENT',
                'MISSING_FUNCTION_IDENTIFIER',
                'MULTIPLE_FUNCTION_IDENTIFIERS',
                'MULTIPLE_RECURRING_CYCLE_LIMIT_FOR_NON_SUBSCRIPTION_ITEMS',
                'PRESENT',
                'PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_NOT_ENTITLED',
                'RECURRING_CYCLE_LIMIT_NOT_A_VALID_INTEGER',
                'TAKEN',
                'TOO_LONG',
                'TOO_MANY_ARGUMENTS',
                'TOO_MANY_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE',
                'TOO_MANY_TAGS',
                'TOO_SHORT',
                'VALUE_OUTSIDE_RANGE',
              ])
              .nullable(),
          }),
        ),
      })
      .nullable(),
  }),
} as const;

export const deactivateGiftCard = {
  name: 'DeactivateGiftCard',
  kind: 'mutation',
  document:
    'mutation DeactivateGiftCard($id: ID!) { giftCardDeactivate(id: $id) { giftCard { balance { amount } initialValue { amount } } userErrors { field message code } } }',
  variables: z.object({ id: z.string() }),
  result: z.object({
    giftCardDeactivate: z
      .object({
        giftCard: z
          .object({
            balance: z.object({ amount: z.string() }),
            initialValue: z.object({ amount: z.string() }),
          })
          .nullable(),
        userErrors: z.array(
          z.object({
            field: z.array(z.string()).nullable(),
            message: z.string(),
            code: z.enum(['GIFT_CARD_NOT_FOUND']).nullable(),
          }),
        ),
      })
      .nullable(),
  }),
} as const;

export const defineField = {
  name: 'DefineField',
  kind: 'mutation',
  document:
    'mutation DefineField($definition: MetafieldDefinitionInput!) { metafieldDefinitionCreate(definition: $definition) { userErrors { field message code } } }',
  variables: z.object({
    definition: z.object({
      access: z
        .object({
          admin: z.enum(['MERCHANT_READ', 'MERCHANT_READ_WRITE']).nullish(),
          customerAccount: z.enum(['NONE', 'READ', 'READ_WRITE']).nullish(),
          storefront: z.enum(['NONE', 'PUBLIC_READ']).nullish(),
        })
        .nullish(),
      capabilities: z
        .object({
          adminFilterable: z.object({ enabled: z.boolean() }).nullish(),
          analyticsQueryable: z.object({ enabled: z.boolean() }).nullish(),
          cartToOrderCopyable: z.object({ enabled: z.boolean() }).nullish(),
          smartCollectionCondition: z.object({ enabled: z.boolean() }).nullish(),
          uniqueValues: z.object({ enabled: z.boolean() }).nullish(),
        })
        .nullish(),
      constraints: z.object({ key: z.string(), values: z.array(z.string()) }).nullish(),
      description: z.string().nullish(),
      key: z.string(),
      name: z.string(),
      namespace: z.string().nullish(),
      ownerType: z.enum([
        'API_PERMISSION',
        'ARTICLE',
        'BLOG',
        'CARTTRANSFORM',
        'COLLECTION',
        'COMPANY',
        'COMPANY_LOCATION',
        'CUSTOMER',
        'DELIVERY_CUSTOMIZATION',
        'DISCOUNT',
        'DRAFTORDER',
        'FULFILLMENT_CONSTRAINT_RULE',
        'GIFT_CARD_TRANSACTION',
        'LOCATION',
        'MARKET',
        'MEDIA_IMAGE',
        'ORDER',
        'ORDER_ROUTING_LOCATION_RULE',
        'PAGE',
        'PAYMENT_CUSTOMIZATION',
        'PRODUCT',
        'PRODUCTVARIANT',
        'SELLING_PLAN',
        'SHOP',
        'TRANSFER',
        'VALIDATION',
      ]),
      pin: z.boolean().nullish(),
      type: z.string(),
      useAsCollectionCondition: z.boolean().nullish(),
      validations: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
    }),
  }),
  result: z.object({
    metafieldDefinitionCreate: z
      .object({
        userErrors: z.array(
          z.object({
            field: z.array(z.string()).nullable(),
            message: z.string(),
            code: z
              .enum([
                'ADMIN_ACCESS_INPUT_NOT_ALLOWED',
                'BLANK',
                'CAPABILITY_REQUIRED_BUT_DISABLED',
                'DUPLICATE_OPTION',
                'INCLUSION',
                'INVALID',
                'INVALID_CAPABILITY',
                'INVALID_CHARACTER',
                'INVALID_CONSTRAINTS',
                'INVALID_INPUT_COMBINATION',
                'INVALID_OPTION',
                'LIMIT_EXCEEDED',
                'OWNER_TYPE_LIMIT_EXCEEDED_FOR_AUTOMATED_COLLECTIONS',
                'OWNER_TYPE_LIMIT_EXCEEDED_FOR_USE_AS_ADMIN_FILTERS',
                'PINNED_LIMIT_REACHED',
                'PRESENT',
                'RESERVED_NAMESPACE_KEY',
                'RESOURCE_TYPE_LIMIT_EXCEEDED',
                'RESOURCE_TYPE_LIMIT_EXCEEDED_BY_APP',
                'TAKEN',
                'TOO_LONG',
                'TOO_SHORT',
                'TYPE_NOT_ALLOWED_FOR_CONDITIONS',
                'UNSTRUCTURED_ALREADY_EXISTS',
                'UNSUPPORTED_PINNING',
              ])
              .nullable(),
          }),
        ),
      })
      .nullable(),
  }),
} as const;

export const deleteDiscountCode = {
  name: 'DeleteDiscountCode',
  kind: 'mutation',
  document:
    'mutation DeleteDiscountCode($id: ID!) { discountCodeDelete(id: $id) { deletedCodeDiscountId userErrors { field message code } } }',
  variables: z.object({ id: z.string() }),
  result: z.object({
    discountCodeDelete: z
      .object({
        deletedCodeDiscountId: z.string().nullable(),
        userErrors: z.array(
          z.object({
            field: z.array(z.string()).nullable(),
            message: z.string(),
            code: z
              .enum([
                'ACTIVE_PERIOD_OVERLAP',
                'APPLIES_ON_NOTHING',
                'BLANK',
                'CONFLICT',
                'DISCOUNT_NOT_COMPATIBLE_WITH_CONDITION_TYPES',
                'DUPLICATE',
                'END_DATE_BEFORE_START_DATE',
                'EQUAL_TO',
                'EXCEEDED_MAX',
                'GREATER_THAN',
                'GREATER_THAN_OR_EQUAL_TO',
                'IMPLICIT_DUPLICATE',
                'INCLUSION',
                'INTERNAL_ERROR',
                'INVALID',
                'INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS',
                'INVALID_DISCOUNT_CLASS_FOR_PRICE_RULE',
                'INVALID_PRODUCT_DISCOUNTS_FALSE_WITH_EXISTING_TAGS_ON_SAME_CART_LINE',
                'INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_FOR_DISCOUNT_CLASS',
                'INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_WITHOUT_PRODUCT_DISCOUNTS',
                'INVALID_TAG_LENGTH',
                'LESS_THAN',
                'LESS_THAN_OR_EQUAL_TO',
                'MAX_APP_DISCOUNTS',
                'MINIMUM_SUBTOTAL_AND_QUANTITY_RANGE_BOTH_PRESENT',
                'MISSING_ARGUMENT',
                'MISSING_FUNCTION_IDENTIFIER',
                'MULTIPLE_FUNCTION_IDENTIFIERS',
                'MULTIPLE_RECURRING_CYCLE_LIMIT_FOR_NON_SUBSCRIPTION_ITEMS',
                'PRESENT',
                'PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_NOT_ENTITLED',
                'RECURRING_CYCLE_LIMIT_NOT_A_VALID_INTEGER',
                'TAKEN',
                'TOO_LONG',
                'TOO_MANY_ARGUMENTS',
                'TOO_MANY_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE',
                'TOO_MANY_TAGS',
                'TOO_SHORT',
                'VALUE_OUTSIDE_RANGE',
              ])
              .nullable(),
          }),
        ),
      })
      .nullable(),
  }),
} as const;

export const findDiscountCode = {
  name: 'FindDiscountCode',
  kind: 'query',
  document: 'query FindDiscountCode($code: String!) { codeDiscountNodeByCode(code: $code) { id } }',
  variables: z.object({ code: z.string() }),
  result: z.object({ codeDiscountNodeByCode: z.object({ id: z.string() }).nullable() }),
} as const;

export const findGiftCards = {
  name: 'FindGiftCards',
  kind: 'query',
  document:
    'query FindGiftCards($query: String!) { giftCards(first: 10, query: $query) { nodes { id lastCharacters } } }',
  variables: z.object({ query: z.string() }),
  result: z.object({
    giftCards: z.object({ nodes: z.array(z.object({ id: z.string(), lastCharacters: z.string() })) }),
  }),
} as const;

export const followRedeemCodes = {
  name: 'FollowRedeemCodes',
  kind: 'query',
  document:
    'query FollowRedeemCodes($id: ID!) { discountRedeemCodeBulkCreation(id: $id) { done codes(first: 250) { nodes { code discountRedeemCode { id } errors { field message code } } } } }',
  variables: z.object({ id: z.string() }),
  result: z.object({
    discountRedeemCodeBulkCreation: z
      .object({
        done: z.boolean(),
        codes: z.object({
          nodes: z.array(
            z.object({
              code: z.string(),
              discountRedeemCode: z.object({ id: z.string() }).nullable(),
              errors: z.array(
                z.object({
                  field: z.array(z.string()).nullable(),
                  message: z.string(),
                  code: z
                    .enum([
                      'ACTIVE_PERIOD_OVERLAP',
                      'APPLIES_ON_NOTHING',
                      'BLANK',
                      'CONFLICT',
                      'DISCOUNT_NOT_COMPATIBLE_WITH_CONDITION_TYPES',
                      'DUPLICATE',
                      'END_DATE_BEFORE_START_DATE',
                      'EQUAL_TO',
                      'EXCEEDED_MAX',
                      'GREATER_THAN',
                      'GREATER_THAN_OR_EQUAL_TO',
                      'IMPLICIT_DUPLICATE',
                      'INCLUSION',
                      'INTERNAL_ERROR',
                      'INVALID',
                      'INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS',
                      'INVALID_DISCOUNT_CLASS_FOR_PRICE_RULE',
                      'INVALID_PRODUCT_DISCOUNTS_FALSE_WITH_EXISTING_TAGS_ON_SAME_CART_LINE',
                      'INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_FOR_DISCOUNT_CLASS',
                      'INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_WITHOUT_PRODUCT_DISCOUNTS',
                      'INVALID_TAG_LENGTH',
                      'LESS_THAN',
                      'LESS_THAN_OR_EQUAL_TO',
                      'MAX_APP_DISCOUNTS',
                      'MINIMUM_SUBTOTAL_AND_QUANTITY_RANGE_BOTH_PRESENT',
                      'MISSING_ARGUMENT',
                      'MISSING_FUNCTION_IDENTIFIER',
                      'MULTIPLE_FUNCTION_IDENTIFIERS',
                      'MULTIPLE_RECURRING_CYCLE_LIMIT_FOR_NON_SUBSCRIPTION_ITEMS',
                      'PRESENT',
                      'PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_NOT_ENTITLED',
                      'RECURRING_CYCLE_LIMIT_NOT_A_VALID_INTEGER',
                      'TAKEN',
                      'TOO_LONG',
                      'TOO_MANY_ARGUMENTS',
                      'TOO_MANY_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE',
                      'TOO_MANY_TAGS',
                      'TOO_SHORT',
                      'VALUE_OUTSIDE_RANGE',
                    ])
                    .nullable(),
                }),
              ),
            }),
          ),
        }),
      })
      .nullable(),
  }),
} as const;

export const inspectDiscountCodes = {
  name: 'InspectDiscountCodes',
  kind: 'query',
  document:
    'query InspectDiscountCodes($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on DiscountCodeNode { codeDiscount { __typename ... on DiscountCodeBasic { status startsAt endsAt asyncUsageCount } ... on DiscountCodeFreeShipping { status startsAt endsAt asyncUsageCount } } } } }',
  variables: z.object({ ids: z.array(z.string()) }),
  result: z.object({
    nodes: z.array(
      z
        .union([
          z.object({
            __typename: z.literal('DiscountCodeNode'),
            codeDiscount: z.union([
              z.object({
                __typename: z.literal('DiscountCodeBasic'),
                status: z.enum(['ACTIVE', 'EXPIRED', 'SCHEDULED']),
                startsAt: z.string(),
                endsAt: z.string().nullable(),
                asyncUsageCount: z.number().int(),
              }),
              z.object({
                __typename: z.literal('DiscountCodeFreeShipping'),
                status: z.enum(['ACTIVE', 'EXPIRED', 'SCHEDULED']),
                startsAt: z.string(),
                endsAt: z.string().nullable(),
                asyncUsageCount: z.number().int(),
              }),
              z.object({ __typename: z.string() }),
            ]),
          }),
          z.object({ __typename: z.string() }),
        ])
        .nullable(),
    ),
  }),
} as const;

export const inspectGiftCard = {
  name: 'InspectGiftCard',
  kind: 'query',
  document:
    'query InspectGiftCard($id: ID!) { giftCard(id: $id) { enabled balance { amount } initialValue { amount } } }',
  variables: z.object({ id: z.string() }),
  result: z.object({
    giftCard: z
      .object({
        enabled: z.boolean(),
        balance: z.object({ amount: z.string() }),
        initialValue: z.object({ amount: z.string() }),
      })
      .nullable(),
  }),
} as const;

export const listRedeemCodes = {
  name: 'ListRedeemCodes',
  kind: 'query',
  document:
    'query ListRedeemCodes($id: ID!) { codeDiscountNode(id: $id) { codeDiscount { __typename ... on DiscountCodeBasic { codes(first: 250, sortKey: ID, reverse: true) { nodes { id code } } } } } }',
  variables: z.object({ id: z.string() }),
  result: z.object({
    codeDiscountNode: z
      .object({
        codeDiscount: z.union([
          z.object({
            __typename: z.literal('DiscountCodeBasic'),
            codes: z.object({ nodes: z.array(z.object({ id: z.string(), code: z.string() })) }),
          }),
          z.object({ __typename: z.string() }),
        ]),
      })
      .nullable(),
  }),
} as const;

export const refundDetails = {
  name: 'RefundDetails',
  kind: 'query',
  document:
    'query RefundDetails($ids: [ID!]!, $lines: Int!) { nodes(ids: $ids) { __typename ... on Refund { id createdAt processedAt order { id } refundLineItems(first: $lines) { pageInfo { hasNextPage } nodes { id quantity restocked lineItem { id } subtotalSet { shopMoney { amount } } totalTaxSet { shopMoney { amount } } } } refundShippingLines(first: 10) { nodes { subtotalAmountSet { shopMoney { amount } } taxAmountSet { shopMoney { amount } } } } orderAdjustments(first: 10) { nodes { reason amountSet { shopMoney { amount } } } } } } }',
  variables: z.object({ ids: z.array(z.string()), lines: z.number().int() }),
  result: z.object({
    nodes: z.array(
      z
        .union([
          z.object({
            __typename: z.literal('Refund'),
            id: z.string(),
            createdAt: z.string().nullable(),
            processedAt: z.string(),
            order: z.object({ id: z.string() }),
            refundLineItems: z.object({
              pageInfo: z.object({ hasNextPage: z.boolean() }),
              nodes: z.array(
                z.object({
                  id: z.string().nullable(),
                  quantity: z.number().int(),
                  restocked: z.boolean(),
                  lineItem: z.object({ id: z.string() }),
                  subtotalSet: z.object({ shopMoney: z.object({ amount: z.string() }) }),
                  totalTaxSet: z.object({ shopMoney: z.object({ amount: z.string() }) }),
                }),
              ),
            }),
            refundShippingLines: z.object({
              nodes: z.array(
                z.object({
                  subtotalAmountSet: z.object({ shopMoney: z.object({ amount: z.string() }) }),
                  taxAmountSet: z.object({ shopMoney: z.object({ amount: z.string() }) }),
                }),
              ),
            }),
            orderAdjustments: z.object({
              nodes: z.array(
                z.object({
                  reason: z
                    .enum([
                      'CUSTOMER',
                      'DAMAGE',
                      'FULL_RETURN_BALANCING_ADJUSTMENT',
                      'PENDING_REFUND_DISCREPANCY',
                      'REFUND_DISCREPANCY',
                      'RESTOCK',
                    ])
                    .nullable(),
                  amountSet: z.object({ shopMoney: z.object({ amount: z.string() }) }),
                }),
              ),
            }),
          }),
          z.object({ __typename: z.string() }),
        ])
        .nullable(),
    ),
  }),
} as const;

export const removeCustomerFields = {
  name: 'RemoveCustomerFields',
  kind: 'mutation',
  document:
    'mutation RemoveCustomerFields($metafields: [MetafieldIdentifierInput!]!) { metafieldsDelete(metafields: $metafields) { userErrors { field message } } }',
  variables: z.object({
    metafields: z.array(z.object({ key: z.string(), namespace: z.string(), ownerId: z.string() })),
  }),
  result: z.object({
    metafieldsDelete: z
      .object({
        userErrors: z.array(z.object({ field: z.array(z.string()).nullable(), message: z.string() })),
      })
      .nullable(),
  }),
} as const;

export const removeRedeemCodes = {
  name: 'RemoveRedeemCodes',
  kind: 'mutation',
  document:
    'mutation RemoveRedeemCodes($discountId: ID!, $ids: [ID!]) { discountCodeRedeemCodeBulkDelete(discountId: $discountId, ids: $ids) { job { id } userErrors { field message code } } }',
  variables: z.object({ discountId: z.string(), ids: z.array(z.string()).nullish() }),
  result: z.object({
    discountCodeRedeemCodeBulkDelete: z
      .object({
        job: z.object({ id: z.string() }).nullable(),
        userErrors: z.array(
          z.object({
            field: z.array(z.string()).nullable(),
            message: z.string(),
            code: z
              .enum([
                'ACTIVE_PERIOD_OVERLAP',
                'APPLIES_ON_NOTHING',
                'BLANK',
                'CONFLICT',
                'DISCOUNT_NOT_COMPATIBLE_WITH_CONDITION_TYPES',
                'DUPLICATE',
                'END_DATE_BEFORE_START_DATE',
                'EQUAL_TO',
                'EXCEEDED_MAX',
                'GREATER_THAN',
                'GREATER_THAN_OR_EQUAL_TO',
                'IMPLICIT_DUPLICATE',
                'INCLUSION',
                'INTERNAL_ERROR',
                'INVALID',
                'INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS',
                'INVALID_DISCOUNT_CLASS_FOR_PRICE_RULE',
                'INVALID_PRODUCT_DISCOUNTS_FALSE_WITH_EXISTING_TAGS_ON_SAME_CART_LINE',
                'INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_FOR_DISCOUNT_CLASS',
                'INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_WITHOUT_PRODUCT_DISCOUNTS',
                'INVALID_TAG_LENGTH',
                'LESS_THAN',
                'LESS_THAN_OR_EQUAL_TO',
                'MAX_APP_DISCOUNTS',
                'MINIMUM_SUBTOTAL_AND_QUANTITY_RANGE_BOTH_PRESENT',
                'MISSING_ARGUMENT',
                'MISSING_FUNCTION_IDENTIFIER',
                'MULTIPLE_FUNCTION_IDENTIFIERS',
                'MULTIPLE_RECURRING_CYCLE_LIMIT_FOR_NON_SUBSCRIPTION_ITEMS',
                'PRESENT',
                'PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_NOT_ENTITLED',
                'RECURRING_CYCLE_LIMIT_NOT_A_VALID_INTEGER',
                'TAKEN',
                'TOO_LONG',
                'TOO_MANY_ARGUMENTS',
                'TOO_MANY_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE',
                'TOO_MANY_TAGS',
                'TOO_SHORT',
                'VALUE_OUTSIDE_RANGE',
              ])
              .nullable(),
          }),
        ),
      })
      .nullable(),
  }),
} as const;

export const removeTags = {
  name: 'RemoveTags',
  kind: 'mutation',
  document:
    'mutation RemoveTags($id: ID!, $tags: [String!]!) { tagsRemove(id: $id, tags: $tags) { userErrors { field message } } }',
  variables: z.object({ id: z.string(), tags: z.array(z.string()) }),
  result: z.object({
    tagsRemove: z
      .object({
        userErrors: z.array(z.object({ field: z.array(z.string()).nullable(), message: z.string() })),
      })
      .nullable(),
  }),
} as const;

export const setCustomerFields = {
  name: 'SetCustomerFields',
  kind: 'mutation',
  document:
    'mutation SetCustomerFields($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $metafields) { metafields { namespace } userErrors { field message code elementIndex } } }',
  variables: z.object({
    metafields: z.array(
      z.object({
        compareDigest: z.string().nullish(),
        key: z.string(),
        namespace: z.string().nullish(),
        ownerId: z.string(),
        type: z.string().nullish(),
        value: z.string(),
      }),
    ),
  }),
  result: z.object({
    metafieldsSet: z
      .object({
        metafields: z.array(z.object({ namespace: z.string() })).nullable(),
        userErrors: z.array(
          z.object({
            field: z.array(z.string()).nullable(),
            message: z.string(),
            code: z
              .enum([
                'APP_NOT_AUTHORIZED',
                'BLANK',
                'CAPABILITY_VIOLATION',
                'INCLUSION',
                'INTERNAL_ERROR',
                'INVALID',
                'INVALID_COMPARE_DIGEST',
                'INVALID_TYPE',
                'INVALID_VALUE',
                'LESS_THAN_OR_EQUAL_TO',
                'PRESENT',
                'STALE_OBJECT',
                'TAKEN',
                'TOO_LONG',
                'TOO_SHORT',
              ])
              .nullable(),
            elementIndex: z.number().int().nullable(),
          }),
        ),
      })
      .nullable(),
  }),
} as const;

export const shopDetails = {
  name: 'ShopDetails',
  kind: 'query',
  document:
    'query ShopDetails { shop { name contactEmail currencyCode ianaTimezone primaryDomain { url } plan { publicDisplayName } shopAddress { countryCodeV2 } } currentAppInstallation { accessScopes { handle } } }',
  variables: z.object({}),
  result: z.object({
    shop: z.object({
      name: z.string(),
      contactEmail: z.string(),
      currencyCode: z.string(),
      ianaTimezone: z.string(),
      primaryDomain: z.object({ url: z.string() }),
      plan: z.object({ publicDisplayName: z.string() }),
      shopAddress: z.object({ countryCodeV2: z.string().nullable() }),
    }),
    currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }),
  }),
} as const;

export const startBulkQuery = {
  name: 'StartBulkQuery',
  kind: 'mutation',
  document:
    'mutation StartBulkQuery($query: String!) { bulkOperationRunQuery(query: $query, groupObjects: true) { bulkOperation { id status } userErrors { field message code } } }',
  variables: z.object({ query: z.string() }),
  result: z.object({
    bulkOperationRunQuery: z
      .object({
        bulkOperation: z
          .object({
            id: z.string(),
            status: z.enum(['CANCELED', 'CANCELING', 'COMPLETED', 'CREATED', 'EXPIRED', 'FAILED', 'RUNNING']),
          })
          .nullable(),
        userErrors: z.array(
          z.object({
            field: z.array(z.string()).nullable(),
            message: z.string(),
            code: z.enum(['INVALID', 'LIMIT_REACHED', 'OPERATION_IN_PROGRESS']).nullable(),
          }),
        ),
      })
      .nullable(),
  }),
} as const;

export const tellFlow = {
  name: 'TellFlow',
  kind: 'mutation',
  document:
    'mutation TellFlow($handle: String!, $payload: JSON!) { flowTriggerReceive(handle: $handle, payload: $payload) { userErrors { field message } } }',
  variables: z.object({ handle: z.string(), payload: z.unknown() }),
  result: z.object({
    flowTriggerReceive: z
      .object({
        userErrors: z.array(z.object({ field: z.array(z.string()).nullable(), message: z.string() })),
      })
      .nullable(),
  }),
} as const;

export const updateEmailConsent = {
  name: 'UpdateEmailConsent',
  kind: 'mutation',
  document:
    'mutation UpdateEmailConsent($input: CustomerEmailMarketingConsentUpdateInput!) { customerEmailMarketingConsentUpdate(input: $input) { userErrors { field message code } } }',
  variables: z.object({
    input: z.object({
      customerId: z.string(),
      emailMarketingConsent: z.object({
        consentUpdatedAt: z.string().nullish(),
        marketingOptInLevel: z.enum(['CONFIRMED_OPT_IN', 'SINGLE_OPT_IN', 'UNKNOWN']).nullish(),
        marketingState: z.enum([
          'INVALID',
          'NOT_SUBSCRIBED',
          'PENDING',
          'REDACTED',
          'SUBSCRIBED',
          'UNSUBSCRIBED',
        ]),
        sourceLocationId: z.string().nullish(),
      }),
    }),
  }),
  result: z.object({
    customerEmailMarketingConsentUpdate: z
      .object({
        userErrors: z.array(
          z.object({
            field: z.array(z.string()).nullable(),
            message: z.string(),
            code: z.enum(['INCLUSION', 'INTERNAL_ERROR', 'INVALID', 'MISSING_ARGUMENT']).nullable(),
          }),
        ),
      })
      .nullable(),
  }),
} as const;
