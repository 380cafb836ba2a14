import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blankBody } from '~/modules/privacy/blank-body';
import { peopleInBody } from '~/modules/privacy/people-in-body';

const order = {
  id: 9007199254740991,
  admin_graphql_api_id: 'gid://shopify/Order/9007199254740993',
  name: '#1001',
  email: 'ada@mail.example',
  currency: 'EUR',
  total_price: '100.00',
  created_at: '2026-05-01T10:00:00Z',
  note: 'please ring "twice" \\ Ada',
  tags: 'Ada',
  customer: { id: 7, first_name: 'Ada', default_address: { name: 'Ada', latitude: 45.41, zip: '1234' } },
  line_items: [
    {
      id: 1,
      title: 'Fern',
      name: 'Fern - Ada',
      price: '100.00',
      properties: [{ name: 'Engraving', value: 'Ada' }],
    },
  ],
};

describe('blankBody', () => {
  it('takes the person out and leaves what is needed to process the delivery', () => {
    const text = blankBody(JSON.stringify(order));
    expect(text).not.toMatch(/ada/i);
    expect(text).not.toContain('45.41');
    expect(JSON.parse(text)).toMatchObject({
      name: '#1001',
      admin_graphql_api_id: order.admin_graphql_api_id,
      email: '',
      currency: 'EUR',
      total_price: '100.00',
      created_at: order.created_at,
      customer: { id: 7, first_name: '' },
      line_items: [{ title: 'Fern', price: '100.00' }],
    });
  });

  it('keeps long numbers digit by digit', () => {
    expect(blankBody('{"id": 9007199254740993123, "note": "x"}')).toBe(
      '{"id": 9007199254740993123, "note": ""}',
    );
  });

  it('stays JSON whatever the texts are, and running it again changes nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const once = blankBody(JSON.stringify(value));
        expect(() => JSON.parse(once) as unknown).not.toThrow();
        expect(blankBody(once)).toBe(once);
      }),
    );
  });

  it('leaves no text under names that are not on the list', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        const blanked = blankBody(
          JSON.stringify({ note: text, customer: { first_name: text, list: [text, { nick: text }] } }),
        );
        expect(JSON.parse(blanked)).toEqual({
          note: '',
          customer: { first_name: '', list: ['', { nick: '' }] },
        });
      }),
    );
  });
});

describe('peopleInBody', () => {
  it('finds ids, addresses, numbers and orders', () => {
    const body = JSON.stringify({
      ...order,
      order_id: 5,
      phone: '+49 151 998877-66',
      customer_id: '8',
      email: 'Ada@Mail.Example',
    });
    const found = peopleInBody('orders/create', body);
    expect(found.customerIds).toEqual(new Set(['7', '8']));
    expect(found.emails).toEqual(new Set(['ada@mail.example']));
    expect(found.phones).toEqual(new Set(['+4915199887766']));
    expect(found.orderIds).toEqual(new Set(['5', '9007199254740991', '9007199254740993']));
  });

  it.each([
    ['an apostrophe', `{"email":"O'Brien@mail.example"}`, "o'brien@mail.example"],
    ['an escaped sign', '{"email": " r\\u0026d@mail.example "}', 'r&d@mail.example'],
    ['a country in its own script', '{"email":"ada@пример.рф"}', 'ada@пример.рф'],
    ['the same in ASCII', '{"email":"ada@xn--e1afmkfd.xn--p1ai"}', 'ada@xn--e1afmkfd.xn--p1ai'],
  ])('finds an address with %s', (_what, body, email) => {
    expect(peopleInBody('checkouts/update', body).emails).toContain(email);
  });

  it('reads a picture that is part of a description without looking at it again from each letter', () => {
    const body = JSON.stringify({ body_html: 'QUJD/+9a'.repeat(40_000), note: 'mail ada@mail.example' });
    const since = performance.now();
    expect([...peopleInBody('products/update', body).emails]).toEqual(['ada@mail.example']);
    expect(performance.now() - since).toBeLessThan(2_000);
  });

  it('takes a resource’s own number for what its topic says it is', () => {
    expect(peopleInBody('customers/update', '{"id": 7}').customerIds).toEqual(new Set(['7']));
    expect(peopleInBody('products/update', '{"id": 7}').customerIds.size).toBe(0);
  });
});
