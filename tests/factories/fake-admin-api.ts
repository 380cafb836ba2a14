import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { createShopifyClients } from '~/platform/shopify/index.server';

const requestSchema = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()) });

interface FakeOperation {
  kind: string;
  query: string;
  status: string;
  errorCode: string | null;
  url: string | null;
  objectCount: string;
}

/**
 * Shopify's side of an import, for what the stand-in store does not play: operations that fail, files that vanish, a
 * download that breaks off, refusals to start.
 */
export class FakeAdminApi {
  readonly operations: FakeOperation[] = [];
  readonly refundRequests: string[][] = [];
  /** JSONL per kind. */
  files: Record<string, string> = { products: '', customers: '', orders: '' };
  refunds = new Map<string, unknown>();
  /** What a new operation of a kind comes to; completed when it says nothing. */
  outcome: (kind: string, attempt: number) => Partial<FakeOperation> = () => ({});
  refuseToStart: { code: string; message: string } | null = null;
  gone = new Set<string>();
  /** Bytes after which a download breaks off, once per kind. */
  breakAfter = new Map<string, number>();
  downloads: string[] = [];

  readonly parts = {
    client: createShopifyClients({
      tokens: { accessToken: async () => 'token' },
      fetch: (_url, init) =>
        Promise.resolve(
          Response.json({ data: this.answer(requestSchema.parse(JSON.parse(init?.body as string))) }),
        ),
    }),
    download: (async (input) => this.download(input as string)) as typeof fetch,
  };

  private answer(request: { query: string; variables: Record<string, unknown> }): unknown {
    if (request.query.includes('bulkOperationRunQuery'))
      return { bulkOperationRunQuery: this.start(String(request.variables.query)) };
    if (request.query.includes('bulkOperation('))
      return { bulkOperation: this.look(String(request.variables.id)) };
    const ids = request.variables.ids as string[];
    this.refundRequests.push(ids);
    return { nodes: ids.map((id) => this.refunds.get(id) ?? null) };
  }

  private start(query: string): unknown {
    if (this.refuseToStart)
      return { bulkOperation: null, userErrors: [{ field: ['query'], ...this.refuseToStart }] };
    const kind = /\{ (products|customers|orders)/.exec(query)?.[1] ?? '';
    const attempt = this.operations.filter((operation) => operation.kind === kind).length + 1;
    const empty = this.files[kind] === '';
    const file = {
      status: 'COMPLETED',
      errorCode: null,
      url: empty ? null : `https://files.example/${kind}`,
      objectCount: '3',
    };
    this.operations.push({ kind, query, ...file, ...this.outcome(kind, attempt) });
    return {
      bulkOperation: { id: `gid://shopify/BulkOperation/${this.operations.length}`, status: 'CREATED' },
      userErrors: [],
    };
  }

  private look(id: string): unknown {
    const operation = this.operations[Number(id.split('/').at(-1)) - 1];
    return operation ? { id, ...operation, kind: undefined, query: undefined } : null;
  }

  private download(url: string): Response {
    const kind = url.split('/').at(-1) ?? '';
    this.downloads.push(kind);
    if (this.gone.delete(kind)) return new Response('', { status: 403 });
    const bytes = new TextEncoder().encode(this.files[kind]);
    const limit = this.breakAfter.get(kind);
    this.breakAfter.delete(kind);
    if (limit === undefined) return new Response(bytes);
    let sent = 0;
    return new Response(
      new ReadableStream({
        pull: async (controller) => {
          await pause(0);
          if (sent >= limit) controller.error(new Error('connection reset'));
          else controller.enqueue(bytes.slice(sent, (sent = Math.min(limit, sent + 16_384))));
        },
      }),
    );
  }
}

/** JSONL as Shopify writes it: each node on a line, children after their parent. */
export function jsonl(nodes: object[]): string {
  return nodes.map((node) => `${JSON.stringify(node)}\n`).join('');
}

export const money = (amount: string) => ({ shopMoney: { amount } });

export function bulkCustomer(id: number, overrides: object = {}): object {
  return {
    id: `gid://shopify/Customer/${id}`,
    firstName: 'Kim',
    lastName: `No ${id}`,
    locale: 'de',
    tags: ['imported'],
    createdAt: '2025-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    defaultEmailAddress: {
      emailAddress: `kim${id}@example.com`,
      marketingState: 'SUBSCRIBED',
      marketingOptInLevel: 'SINGLE_OPT_IN',
      marketingUpdatedAt: '2025-02-01T00:00:00Z',
    },
    defaultPhoneNumber: null,
    defaultAddress: { countryCodeV2: 'DE', city: 'Berlin' },
    ...overrides,
  };
}

/** An order with one line of `amount` and shipping of 4.90, as lines of a bulk result. */
export function bulkOrder(
  id: number,
  input: {
    customerId?: number;
    amount?: string;
    refunds?: string[];
    processedAt?: string;
    order?: object;
  } = {},
): object[] {
  const amount = input.amount ?? '50.0';
  const order = `gid://shopify/Order/${id}`;
  const at = input.processedAt ?? '2026-01-02T00:00:00Z';
  return [
    {
      id: order,
      name: `#${id}`,
      email: `kim${input.customerId ?? 1}@example.com`,
      phone: null,
      createdAt: at,
      processedAt: at,
      updatedAt: at,
      cancelledAt: null,
      cancelReason: null,
      checkoutToken: null,
      cartToken: null,
      currencyCode: 'EUR',
      landingPageUrl: null,
      customAttributes: [],
      presentmentCurrencyCode: 'EUR',
      customerLocale: 'de',
      sourceName: 'web',
      tags: [],
      test: false,
      taxesIncluded: true,
      displayFinancialStatus: 'PAID',
      displayFulfillmentStatus: 'UNFULFILLED',
      discountCodes: ['WELCOME'],
      totalPriceSet: { shopMoney: { amount }, presentmentMoney: { amount } },
      totalTaxSet: money('0.0'),
      totalDiscountsSet: money('5.0'),
      customer: {
        id: `gid://shopify/Customer/${input.customerId ?? 1}`,
        firstName: 'Kim',
        lastName: null,
        defaultEmailAddress: { emailAddress: `kim${input.customerId ?? 1}@example.com` },
        defaultPhoneNumber: null,
      },
      shippingAddress: null,
      refunds: (input.refunds ?? []).map((refund) => ({ id: refund })),
      ...input.order,
    },
    { id: `gid://shopify/ShippingLine/${id}`, discountedPriceSet: money('4.9'), __parentId: order },
    {
      id: `gid://shopify/LineItem/${id}1`,
      title: 'Linen shirt',
      sku: 'SHIRT',
      quantity: 1,
      currentQuantity: 1,
      isGiftCard: false,
      originalUnitPriceSet: money(amount),
      discountAllocations: [
        {
          allocatedAmountSet: money('5.0'),
          discountApplication: {
            __typename: 'DiscountCodeApplication',
            code: 'welcome',
            value: { __typename: 'PricingPercentageValue' },
          },
        },
      ],
      taxLines: [],
      product: { id: 'gid://shopify/Product/301' },
      variant: null,
      __parentId: order,
    },
  ];
}

export function bulkProduct(id: number): object[] {
  const product = `gid://shopify/Product/${id}`;
  return [
    {
      id: product,
      title: `Product ${id}`,
      handle: `product-${id}`,
      productType: '',
      vendor: 'Nordlys',
      status: 'ACTIVE',
      tags: ['linen'],
      updatedAt: '2026-01-01T00:00:00Z',
      featuredMedia: { preview: { image: { url: 'https://cdn.example/p.jpg' } } },
    },
    {
      id: `gid://shopify/ProductVariant/${id}1`,
      title: 'M',
      sku: '',
      price: '49.00',
      image: null,
      inventoryItem: { unitCost: { amount: '21.5' } },
      __parentId: product,
    },
  ];
}

export function refundNode(id: string, orderId: number, amount: string): object {
  return {
    __typename: 'Refund',
    id,
    createdAt: '2026-01-03T00:00:00Z',
    processedAt: '2026-01-03T00:00:00Z',
    order: { id: `gid://shopify/Order/${orderId}` },
    refundLineItems: {
      pageInfo: { hasNextPage: false },
      nodes: [
        {
          id: `${id.replace('Refund', 'RefundLineItem')}1`,
          quantity: 1,
          restocked: true,
          lineItem: { id: `gid://shopify/LineItem/${orderId}1` },
          subtotalSet: money(amount),
          totalTaxSet: money('0.0'),
        },
      ],
    },
    refundShippingLines: { nodes: [{ subtotalAmountSet: money('4.9'), taxAmountSet: money('0.0') }] },
    orderAdjustments: {
      nodes: [
        { reason: 'REFUND_DISCREPANCY', amountSet: money('-1.0') },
        { reason: null, amountSet: money('-4.9') },
      ],
    },
  };
}
