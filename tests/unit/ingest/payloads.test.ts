import { describe, expect, it } from 'vitest';
import { readEvent } from '~/ingest/read-event';
import { noFacts, type Facts } from '~/ingest/facts';
import { addressKey } from '~/ingest/payloads/address-key';
import { normaliseEmail, normalisePhone } from '~/ingest/payloads/fields';
import { cartPayload, checkoutPayload } from '../../factories/payloads/checkout';
import {
  consentPayload,
  customerPayload,
  mergePayload,
  tagsPayload,
} from '../../factories/payloads/customer';
import {
  fulfillmentPayload,
  linePayload,
  orderPayload,
  refundPayload,
  shopMoney,
} from '../../factories/payloads/order';
import { productPayload } from '../../factories/payloads/product';

const triggeredAt = new Date('2026-05-01T10:00:00Z');

function read(topic: string, payload: unknown): { facts: Facts; result: ReturnType<typeof readEvent> } {
  const facts = noFacts();
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const result = readEvent(facts, {
    id: 1n,
    shopDomain: 'one.myshopify.com',
    topic,
    webhookId: 'w-1',
    triggeredAt,
    body,
    attempts: 0,
  });
  return { facts, result };
}

describe('orders', () => {
  const order = (overrides: Record<string, unknown> = {}) =>
    read('orders/updated', orderPayload({ overrides })).facts.orders[0]!;

  it('become facts in shop currency with their person', () => {
    const fact = read('orders/create', orderPayload()).facts.orders[0]!;
    expect(fact).toMatchObject({
      id: 5001n,
      email: 'anna@example.com',
      person: {
        shopifyCustomerId: 7001n,
        email: 'anna@example.com',
        firstName: 'Anna',
        locale: 'de',
        seenAt: new Date('2026-05-01T10:00:00Z'),
      },
      checkoutToken: 'checkout-5001',
      total: '50.00',
      tags: ['vip', 'first'],
      updatedAt: new Date('2026-05-01T10:00:00Z'),
      taxesIncluded: true,
    });
    expect(fact.lines).toEqual([
      {
        id: 50011n,
        productId: 301n,
        variantId: 401n,
        title: 'Linen shirt',
        sku: 'SHIRT',
        quantity: 1,
        currentQuantity: 1,
        price: '50.00',
        discount: '0',
        tax: '0',
        isGiftCard: false,
      },
    ]);
  });

  it('keep ids above 2^53 exact, from the gid or from bare digits', () => {
    const body = JSON.stringify(orderPayload({ id: '1' }))
      .replace('gid://shopify/Order/1"', 'gid://shopify/Order/820982911946154508"')
      .replace('"product_id":301', '"product_id":820982911946154509');
    const [fact] = read('orders/create', body).facts.orders;
    expect(fact?.id).toBe(820982911946154508n);
    expect(fact?.lines[0]?.productId).toBe(820982911946154509n);
  });

  it('refuse an id that is no whole number', () => {
    for (const id of [1.5, '1e17', -1, '', 'gid://shopify/Order/', true]) {
      expect(read('orders/create', { ...orderPayload(), admin_graphql_api_id: null, id }).result.status).toBe(
        'dead',
      );
    }
  });

  it('prefer shop money over the plain amount, and keep what the customer paid', () => {
    const bag = {
      shop_money: { amount: '50.00', currency_code: 'EUR' },
      presentment_money: { amount: '55.00', currency_code: 'USD' },
    };
    const fact = order({ total_price: '55.00', total_price_set: bag, presentment_currency: 'USD' });
    expect(fact).toMatchObject({ total: '50.00', presentmentTotal: '55.00', presentmentCurrency: 'USD' });
  });

  it('fall back to plain amounts where sets are missing', () => {
    const fact = order({
      total_price_set: undefined,
      total_tax_set: undefined,
      total_price: '12.34',
      total_tax: 1.5,
    });
    expect(fact).toMatchObject({ total: '12.34', tax: '1.5' });
  });

  it('count shipping after discounts and without removed lines', () => {
    const lines = [
      {
        price: '5.00',
        price_set: shopMoney('5.00'),
        discount_allocations: [{ amount: '1.50', amount_set: shopMoney('1.50') }],
      },
      { price: '4.00', price_set: shopMoney('4.00'), discounted_price_set: shopMoney('3.00') },
      { price: '9.00', price_set: shopMoney('9.00'), is_removed: true },
    ];
    expect(order({ shipping_lines: lines }).shipping).toBe('6.5');
  });

  it('sum discount allocations and tax lines of a line', () => {
    const overrides = {
      discount_allocations: [
        { amount: '1.00', amount_set: shopMoney('1.00') },
        { amount: '0.55', amount_set: shopMoney('0.55') },
      ],
      tax_lines: [
        { price: '0.10', price_set: shopMoney('0.10') },
        { price: '0.20', price_set: shopMoney('0.20') },
      ],
      gift_card: true,
      current_quantity: 0,
    };
    expect(order({ line_items: [linePayload({ id: '1', overrides })] }).lines[0]).toMatchObject({
      discount: '1.55',
      tax: '0.3',
      isGiftCard: true,
      currentQuantity: 0,
    });
  });

  it('tell of a tip as a line that is no goods', () => {
    const lines = [
      linePayload({ id: '1', price: '20.00' }),
      // Only a tip has the field, and it may be null.
      {
        ...linePayload({ id: '2', price: '3.00' }),
        product_id: null,
        variant_id: null,
        tip_payment_gateway: null,
      },
    ];
    const told = order({ line_items: lines }).lines;
    expect(told.map(({ isGiftCard }) => isGiftCard)).toEqual([false, true]);
  });

  it('may belong to nobody', () => {
    const [fact] = read('orders/create', orderPayload({ customerId: null, email: null })).facts.orders;
    expect(fact?.person).toBeNull();
  });

  it('name a guest by e-mail, with the name and country of the address', () => {
    const address = { first_name: 'Bo', last_name: 'Li', country_code: 'de', city: 'Bonn' };
    const payload = orderPayload({
      customerId: null,
      email: 'BO@x.de',
      overrides: { billing_address: address, phone: '030 901820' },
    });
    const [fact] = read('orders/create', payload).facts.orders;
    expect(fact?.person).toMatchObject({
      shopifyCustomerId: null,
      email: 'bo@x.de',
      phone: '+4930901820',
      firstName: 'Bo',
      country: 'DE',
    });
  });

  it('carry their refunds, each once by id', () => {
    const fact = order({ refunds: [refundPayload({ id: '9001', orderId: '5001' })] });
    expect(fact.refunds).toEqual([
      {
        id: 9001n,
        orderId: 5001n,
        processedAt: new Date('2026-05-03T10:00:00Z'),
        lines: [{ id: 90011n, orderLineId: 50011n, quantity: 1, subtotal: '50.00', tax: '0.00' }],
        shipping: '0',
        adjustments: '0',
        tax: '0',
        restocked: true,
      },
    ]);
  });

  it('that were edited are acknowledged without a fact: orders/updated follows', () => {
    const { facts, result } = read('orders/edited', { order_edit: { order_id: 1 } });
    expect(result.status).toBe('done');
    expect(facts).toEqual(noFacts());
  });

  it('that were deleted are named by their id alone', () => {
    expect(read('orders/delete', { id: 820982911946154 }).facts.orderDeletions).toEqual([
      { id: 820982911946154n, deletedAt: triggeredAt },
    ]);
  });
});

describe('refunds', () => {
  const refund = (overrides: Record<string, unknown>) =>
    read('refunds/create', refundPayload({ id: '9001', orderId: '5001', overrides })).facts.refunds[0]!;

  it('turn the signs of adjustments: money to the customer is positive', () => {
    const adjustments = [
      {
        kind: 'shipping_refund',
        amount: '-4.90',
        amount_set: shopMoney('-4.90'),
        tax_amount: '-0.78',
        tax_amount_set: shopMoney('-0.78'),
      },
      { kind: 'refund_discrepancy', amount: '-5.00', amount_set: shopMoney('-5.00') },
      { kind: 'refund_discrepancy', amount: '1.25', amount_set: shopMoney('1.25') },
    ];
    expect(refund({ order_adjustments: adjustments })).toMatchObject({
      shipping: '4.9',
      tax: '0.78',
      adjustments: '3.75',
    });
  });

  it('are the same while their money is on its way: a pending discrepancy cancels the one that waits for it', () => {
    const onItsWay = [
      { kind: 'refund_discrepancy', reason: 'Refund discrepancy', amount: '71.39' },
      { kind: 'refund_discrepancy', reason: 'Pending refund discrepancy', amount: '-71.39' },
    ];
    expect(refund({ order_adjustments: onItsWay })).toMatchObject({ adjustments: '0' });
  });

  it('take shipping from refunded shipping lines when listed, and do not count it twice', () => {
    const overrides = {
      refund_shipping_lines: [{ subtotal_amount_set: shopMoney('4.90'), tax_amount_set: shopMoney('0.78') }],
      order_adjustments: [{ kind: 'shipping_refund', amount: '-4.90' }],
    };
    expect(refund(overrides)).toMatchObject({ shipping: '4.9', tax: '0.78', adjustments: '0' });
  });

  it('of money alone have no lines', () => {
    expect(refund({ refund_line_items: null, restock: false })).toMatchObject({
      lines: [],
      restocked: false,
    });
  });
});

describe('customers', () => {
  it('become facts with a normalised address and number', () => {
    expect(read('customers/update', customerPayload({ email: ' Anna@EXAMPLE.com' })).facts.customers).toEqual(
      [
        {
          shopifyCustomerId: 7001n,
          email: 'anna@example.com',
          phone: '+4930901820',
          firstName: 'Anna',
          lastName: 'Berg',
          country: 'DE',
          city: 'Berlin',
          createdAt: new Date('2026-04-01T08:00:00Z'),
          updatedAt: new Date('2026-05-01T08:00:00Z'),
        },
      ],
    );
  });

  it('may lack nearly everything', () => {
    expect(read('customers/create', { id: 1 }).facts.customers[0]).toMatchObject({
      shopifyCustomerId: 1n,
      email: null,
      phone: null,
      updatedAt: triggeredAt,
    });
  });

  it('that are deleted, tagged, merged or consenting are facts of their own', () => {
    expect(read('customers/delete', { id: 7001 }).facts.customers[0]).toMatchObject({
      shopifyCustomerId: 7001n,
      deleted: true,
      updatedAt: triggeredAt,
    });
    expect(
      read('customer.tags_added', tagsPayload({ tags: ['vip', 'vip', ' b'] })).facts.customerTags[0],
    ).toMatchObject({ added: ['vip', 'b'], removed: [] });
    expect(read('customer.tags_removed', tagsPayload({ tags: ['vip'] })).facts.customerTags[0]).toMatchObject(
      { added: [], removed: ['vip'] },
    );
    expect(read('customers/merge', mergePayload({ kept: '1', deleted: '2' })).facts.merges).toEqual([
      { keptId: 1n, deletedId: 2n, occurredAt: triggeredAt },
    ]);
    expect(
      read('customers/merge', mergePayload({ kept: '1', deleted: '2', status: 'failed' })).facts.merges,
    ).toEqual([]);
  });

  it('consent with the time they decided, the same key for the same decision', () => {
    const [fact] = read('customers_email_marketing_consent/update', consentPayload()).facts.consents;
    expect(fact).toEqual({
      shopifyCustomerId: 7001n,
      email: 'anna@example.com',
      state: 'subscribed',
      level: 'single_opt_in',
      source: 'shopify',
      occurredAt: new Date('2026-05-01T08:00:00Z'),
      key: 'shopify:7001:subscribed:2026-05-01T08:00:00.000Z',
    });
    expect(
      read('customers_email_marketing_consent/update', consentPayload({ updatedAt: null })).facts.consents[0]
        ?.occurredAt,
    ).toEqual(triggeredAt);
  });
});

describe('checkouts, carts, fulfillments, products', () => {
  it('are read with the customer`s words for things', () => {
    const [fact] = read('checkouts/update', checkoutPayload()).facts.checkouts;
    expect(fact).toMatchObject({
      token: 'checkout-1',
      kind: 'checkout',
      cartToken: 'cart-of-checkout-1',
      total: '98.00',
      locale: 'de-DE',
      person: { email: 'anna@example.com' },
    });
    expect(fact?.lines[0]).toEqual({
      variantId: '401',
      productId: '301',
      title: 'Leinenhemd',
      variantTitle: 'M',
      quantity: 2,
      price: '49.00',
      imageUrl: null,
    });
  });

  it('may have no e-mail yet', () => {
    expect(read('checkouts/create', checkoutPayload({ email: null })).facts.checkouts[0]?.person).toBeNull();
  });

  it('a deleted checkout is named by its token', () => {
    expect(read('checkouts/delete', { token: 'checkout-1' }).facts.checkouts[0]).toMatchObject({
      token: 'checkout-1',
      deleted: true,
      updatedAt: triggeredAt,
    });
    expect(read('checkouts/delete', { id: 12 }).facts.checkouts).toEqual([]);
  });

  it('a cart adds up its lines and belongs to nobody', () => {
    expect(read('carts/update', cartPayload()).facts.carts[0]).toMatchObject({
      token: 'cart-1',
      kind: 'cart',
      person: null,
      total: '98',
    });
  });

  it('a cart in the customer’s currency has its total in both', () => {
    const price_set = {
      shop_money: { amount: '49.00', currency_code: 'EUR' },
      presentment_money: { amount: '7900', currency_code: 'JPY' },
    };
    const line_items = [
      { variant_id: 401, product_id: 301, title: 'Shirt', quantity: 2, price: '7900', price_set },
    ];
    expect(read('carts/update', cartPayload({ overrides: { line_items } })).facts.carts[0]).toMatchObject({
      total: '98',
      currency: 'EUR',
      presentmentTotal: '15800',
      presentmentCurrency: 'JPY',
    });
  });

  it('a checkout in the customer’s currency does not tell its total in the shop’s', () => {
    const told = { currency: 'EUR', presentment_currency: 'JPY', total_price: '15800' };
    expect(read('checkouts/update', checkoutPayload({ overrides: told })).facts.checkouts[0]).toMatchObject({
      total: null,
      currency: 'EUR',
      presentmentTotal: '15800',
      presentmentCurrency: 'JPY',
    });
  });

  it('fulfillments name their order', () => {
    expect(
      read('fulfillments/create', fulfillmentPayload({ id: '1', orderId: '5001' })).facts.fulfillments[0],
    ).toMatchObject({ id: 1n, orderId: 5001n, status: 'success' });
  });

  it('products bring variants with their own images', () => {
    const [fact] = read('products/update', productPayload()).facts.products;
    expect(fact).toMatchObject({
      id: 301n,
      imageUrl: 'https://cdn.example/shirt.jpg',
      tags: ['linen', 'summer'],
    });
    expect(fact?.variants.map(({ imageUrl }) => imageUrl)).toEqual([
      null,
      'https://cdn.example/shirt-blue.jpg',
    ]);
    expect(read('products/delete', { id: 301 }).facts.products[0]).toMatchObject({ id: 301n, deleted: true });
  });

  it('of more variants than a webhook tells name the others', () => {
    const gids = [401, 402, 403].map((id) => ({
      admin_graphql_api_id: `gid://shopify/ProductVariant/${id}`,
      updated_at: '2026-05-01T10:00:00+02:00',
    }));
    const namedBy = (variant_gids: unknown) =>
      read('products/update', productPayload({ overrides: { variant_gids } })).facts.products[0]?.variantIds;
    expect(namedBy(gids)).toEqual([401n, 402n, 403n]);
    expect(namedBy(gids.slice(0, 2))).toBeUndefined(); // all are told
  });
});

describe('shops and compliance', () => {
  it('tell what changed', () => {
    const shop = {
      name: 'Nordlys',
      currency: 'EUR',
      iana_timezone: 'Europe/Berlin',
      primary_locale: 'de',
      country_code: 'DE',
      domain: 'nordlys.example',
      updated_at: '2026-05-01T10:00:00Z',
    };
    expect(read('shop/update', shop).facts.shop[0]).toMatchObject({
      name: 'Nordlys',
      timeZone: 'Europe/Berlin',
      storefrontUrl: 'https://nordlys.example',
    });
    expect(read('app/scopes_update', { previous: [], current: ['read_orders'] }).facts.shop[0]).toEqual({
      scopes: ['read_orders'],
      occurredAt: triggeredAt,
    });
    expect(read('app/uninstalled', { domain: null }).facts.uninstalls).toEqual([{ occurredAt: triggeredAt }]);
    expect(
      read('bulk_operations/finish', {
        admin_graphql_api_id: 'gid://shopify/BulkOperation/1',
        status: 'completed',
      }).facts.bulkOperations,
    ).toHaveLength(1);
  });

  it('name the person a request is about, by e-mail alone if need be', () => {
    expect(
      read('customers/redact', { shop_id: 1, customer: { email: 'A@x.de' }, orders_to_redact: [1, 2] }).facts
        .customerRedactions,
    ).toEqual([
      {
        key: 'w-1',
        subject: { shopifyCustomerId: null, email: 'a@x.de', phone: null },
        orderIds: [1n, 2n],
        requestedAt: triggeredAt,
      },
    ]);
    expect(
      read('customers/data_request', {
        customer: { id: 7001 },
        orders_requested: [],
        data_request: { id: 99 },
      }).facts.dataRequests[0],
    ).toMatchObject({ key: '99', subject: { shopifyCustomerId: 7001n } });
    expect(read('shop/redact', { shop_id: 1 }).facts.shopRedactions).toHaveLength(1);
  });
});

describe('what cannot be read', () => {
  it('is dead at once, with a message that says why and quotes nothing', () => {
    const broken = read('orders/create', '{"id": 1,').result;
    expect(broken.status).toBe('dead');
    expect('error' in broken && broken.error).toMatch(/^The body is not JSON/);
    const { result } = read('orders/create', {
      ...orderPayload(),
      currency: 12,
      updated_at: 'yesterday, said anna@example.com',
    });
    expect(result.status).toBe('dead');
    expect(JSON.stringify(result)).toContain('currency');
    expect(JSON.stringify(result)).not.toContain('anna@example.com');
    for (const payload of ['null', '[]', '12', '"text"'])
      expect(read('orders/create', payload).result.status).toBe('dead');
  });

  it('is ignored when the topic is not ours, whatever it is called', () => {
    for (const topic of ['themes/publish', 'constructor', '__proto__', 'toString'])
      expect(read(topic, {}).result.status).toBe('ignored');
  });
});

describe('normalising', () => {
  it('addresses', () => {
    expect(normaliseEmail(' A@B.de ')).toBe('a@b.de');
    for (const bad of ['', 'no', 'a@', '@b', 'a b@c.de', null, undefined, `${'a'.repeat(320)}@x.de`])
      expect(normaliseEmail(bad)).toBeNull();
  });

  it('numbers', () => {
    expect(normalisePhone('+49 30 901820')).toBe('+4930901820');
    expect(normalisePhone('030 901820', 'DE')).toBe('+4930901820');
    for (const bad of ['', 'call me', '030 901820', '+49', null, undefined])
      expect(normalisePhone(bad)).toBeNull();
    expect(normalisePhone('030 901820', 'Nowhere')).toBeNull();
  });
});

describe('the door an order goes to', () => {
  const place = {
    address1: 'Lindenstraße 12',
    address2: '',
    zip: '10115',
    city: 'Berlin',
    country_code: 'DE',
  };
  const key = (changes: Partial<typeof place> = {}) => addressKey({ ...place, ...changes });

  it.each([
    { address1: ' LINDENSTR. 12 ' },
    { address1: 'Lindenstrasse  12', city: 'berlin' },
    { zip: '101 15', country_code: 'de' },
  ])('is one for %j', (changes) => expect(key(changes)).toBe(key()));

  it('is one however streets and flats are written', () => {
    const us = { zip: '94107', country_code: 'US' };
    expect(key({ ...us, address1: '12 Élm Street', address2: 'Apt. 4' })).toBe(
      key({ ...us, address1: '12 Elm St', address2: '#4' }),
    );
  });

  it.each([
    { address1: 'Lindenstraße 1', address2: '3' },
    { address2: '2' },
    { zip: '10116' },
    { country_code: 'AT' },
  ])('is another for %j', (changes) => expect(key(changes)).not.toBe(key()));

  it('is none without a street or a town', () => {
    expect([
      key({ address1: ' , ' }),
      addressKey({ ...place, zip: null, city: null }),
      addressKey(null),
    ]).toEqual([null, null, null]);
    expect(addressKey({ ...place, zip: null })).toContain('|berlin|');
  });
});

it.each([
  ['discounts/delete', 'discountDeletions', { deleted_at: '2026-05-01T12:00:00Z' }],
  ['discounts/update', 'discountChanges', { title: '5 off', status: 'EXPIRED' }],
] as const)('%s is told of by its number, and only one with codes', (topic, list, more) => {
  const told = (gid: string) => read(topic, { admin_graphql_api_id: gid, ...more }).facts[list];
  expect(told('gid://shopify/DiscountCodeNode/9007199254740993')).toEqual([
    { discountId: 9_007_199_254_740_993n },
  ]);
  expect(told('gid://shopify/DiscountAutomaticNode/7')).toEqual([]);
  expect(read(topic, more).result).toMatchObject({ status: 'dead' });
});
