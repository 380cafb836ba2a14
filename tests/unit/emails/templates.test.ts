import { describe, expect, it } from 'vitest';
import { fillTemplate, type Filled } from '~/emails/fill-template.server';
import { renderTemplate } from '~/emails/render-template.server';
import { catalogue } from '~/emails/words';
import { mailLocales, templateKeys } from '~/modules/messaging/types';

const vars = {
  mail: { marketing: true },
  shop: {
    name: 'Fern & Field',
    address: '12 Garden Lane',
    logoUrl: null,
    color: '#2f6f4e',
    onColor: '#ffffff',
  },
  customer: { firstName: 'Robin' },
  points: { balance: '1,250', positive: true },
  cart: {
    lines: [
      {
        title: 'Linen shirt',
        variant: 'Sand / M',
        quantity: 2,
        total: '€98.00',
        imageUrl: 'https://cdn.shopify.com/a.png',
      },
    ],
    more: 1,
    total: '€120.00',
  },
  expiring: { count: 450, points: '450', worth: '€4.50', lastDay: 'June 30, 2026' },
  tier: { name: 'Gold', multiplier: '1.5', points: '100', until: 'June 30, 2027' },
  rewards: { any: true, lines: [{ title: 'Free shipping', points: '500' }] },
  referral: {
    offer: '€10.00',
    minimum: '€30.00',
    points: '500',
    code: 'F-AAAA-BBBB',
    until: 'June 30, 2026',
  },
  links: {
    referral: 'https://shop.example/apps/perennial/r/ABC',
    share: 'mailto:?body=https%3A%2F%2Fshop.example',
    cart: 'https://a.example/r/t?u=cart',
    signIn: 'https://a.example/portal/enter/t',
    shop: 'https://a.example/r/t?u=shop',
    unsubscribe: 'https://a.example/unsubscribe/t',
  },
};
const every = templateKeys.flatMap((key) => mailLocales.map((locale) => ({ key, locale })));

function mailOf(filled: Filled | undefined) {
  if (!filled?.ok) throw new Error(filled?.error);
  return filled.mail;
}

async function fillHtml(html: string, over: object = {}) {
  const { filled } = await fillTemplate({
    template: { subject: 's', html, text: 't' },
    items: [{ ...vars, ...over }],
  });
  return filled[0]!;
}

describe('each mail in each language', () => {
  it.each(every)('$key in $locale is complete', async ({ key, locale }) => {
    const template = await renderTemplate({ key, locale });
    expect(await renderTemplate({ key, locale })).toEqual(template);
    const { filled } = await fillTemplate({ template, items: [vars] });
    const mail = mailOf(filled[0]);
    for (const part of [mail.subject, mail.html, mail.text])
      expect(part).not.toMatch(/\{\{|\{%|undefined|&amp;amp;/);
    expect(mail.html).toContain(`<html dir="ltr" lang="${locale}">`);
    expect(mail.html.match(/<h1/g)).toHaveLength(1);
    expect(mail.html).toContain('name="color-scheme" content="light dark"');
    for (const image of mail.html.match(/<img[^>]*>/g) ?? []) expect(image).toMatch(/ alt="/);
    for (const part of [mail.html, mail.text]) {
      expect(part).toContain('12 Garden Lane');
      expect(part).toContain('https://a.example/unsubscribe/t');
      if (key === 'affiliate_sign_in') continue; // not to a customer
      expect(part).toContain('Robin');
      expect(part).toContain(key === 'referral_welcome' ? 'F-AAAA-BBBB' : '1,250');
    }
    expect(mail.text).not.toMatch(/<[a-z]|\n{3}|&amp;/);
    expect(Buffer.byteLength(mail.html)).toBeLessThan(40_000); // Gmail cuts at 102 KB
  });

  it.each(every)('$key in $locale does without what may be missing', async ({ key, locale }) => {
    const bare = {
      ...vars,
      shop: { ...vars.shop, address: null, logoUrl: 'https://cdn.shopify.com/logo.png' },
      customer: { firstName: null },
      points: { balance: '0', positive: false },
      links: { ...vars.links, unsubscribe: null },
      mail: { marketing: false },
      expiring: { ...vars.expiring, worth: null },
      tier: { name: 'Gold', multiplier: null, points: null, until: null },
      rewards: { any: false, lines: [] },
      referral: { ...vars.referral, minimum: null, until: null },
    };
    const { filled } = await fillTemplate({ template: await renderTemplate({ key, locale }), items: [bare] });
    const mail = mailOf(filled[0]);
    expect(mail.subject).not.toMatch(/^[,\s]|\s,|null/);
    expect(mail.subject[0]).toBe(mail.subject[0]?.toUpperCase());
    expect(mail.text).not.toMatch(/null|\s,/);
    expect(mail.html).toContain('alt="Fern &amp; Field"');
  });

  it('has the same words in all languages', () => {
    const shape = (value: unknown): unknown =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shape(inner)]))
        : typeof value;
    for (const locale of mailLocales) expect(shape(catalogue(locale))).toEqual(shape(catalogue('en')));
  });
});

describe('the merchant’s own words', () => {
  it('keep their quotes, comparisons and fallbacks', async () => {
    const heading =
      'Hi {{ customer.nick | default: "friend" }}{% if points.positive and cart.more >= 1 %} & more{% endif %}';
    const template = await renderTemplate({ key: 'win_back', locale: 'en', words: { heading } });
    const { filled } = await fillTemplate({
      template,
      items: [{ ...vars, customer: { firstName: 'x', nick: null } }],
    });
    expect(mailOf(filled[0]).html).toContain('>Hi friend &amp; more</h1>');
    expect(mailOf(filled[0]).text).toContain('Hi friend & more');
  });

  it('are text: HTML in them is shown, not run', async () => {
    const template = await renderTemplate({
      key: 'win_back',
      locale: 'en',
      words: { heading: '<script>x</script>' },
    });
    const { filled } = await fillTemplate({ template, items: [vars] });
    expect(mailOf(filled[0]).html).toContain('&lt;script&gt;x&lt;/script&gt;');
  });
});

describe('Liquid', () => {
  it('escapes every value in HTML, even with the raw filter', async () => {
    const evil = { customer: { firstName: '"><script>alert(1)</script>' } };
    for (const output of [
      '{{ customer.firstName }}',
      '{{ customer.firstName | raw }}',
      '{{ customer.firstName | upcase | raw }}',
    ]) {
      const filled = await fillHtml(`<a title="${output}">`, evil);
      expect(filled.ok && filled.mail.html).not.toMatch(/<script|"><s/i);
    }
  });

  it('makes one line of a subject', async () => {
    const template = { subject: 'Hi {{ customer.firstName }}', html: '', text: '' };
    const { filled } = await fillTemplate({
      template,
      items: [{ ...vars, customer: { firstName: 'Eve\r\nBcc: x' } }],
    });
    expect(mailOf(filled[0]).subject).toBe('Hi Eve Bcc: x');
  });

  it.each([
    ['a missing value', '{{ customer.nick }}', /undefined variable: customer.nick/],
    ['an inherited property', '{{ customer.constructor }}', /undefined variable/],
    ['a prototype', '{{ customer.__proto__ }}', /undefined variable/],
    ['a file', "{% include '/etc/passwd' %}", /ENOENT/],
    ['another file', "{% render '../package.json' %}", /ENOENT/],
    ['an unknown filter', '{{ customer.firstName | shell }}', /undefined filter/],
    ['a loop to a billion', '{% for i in (1..1000000000) %}{% endfor %}', /limit exceeded|longer than/],
    [
      'loops in loops',
      '{% for a in (1..9000) %}{% for b in (1..9000) %}{{ b | times: a }}{% endfor %}{% endfor %}',
      /limit exceeded|longer than/,
    ],
    [
      'pop past the memory limit',
      '{% assign a = (1..100000) %}{% for i in a %}{% assign b = a | pop | concat: a | pop %}{% endfor %}',
      /limit exceeded|longer than|memory/i,
    ],
    [
      'doubling a text',
      '{% assign a = "xxxxxxxxxxxxxxxx" %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}',
      /limit exceeded|longer than|memory|length/i,
    ],
    ['a tag left open', '{% if x %}', /not closed/],
    ['a template without end', 'x'.repeat(600_000), /limit exceeded/],
  ])('refuses %s', async (_what, source, message) => {
    const filled = await fillHtml(source);
    expect(filled.ok ? 'rendered' : filled.error).toMatch(message);
  });

  it('stops a date of five million digits', async () => {
    const start = performance.now();
    await fillHtml("{{ 'now' | date: '%5000000d' }}");
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  it('never holds up the process, and works again after its thread was killed', async () => {
    let longest = 0;
    let last = performance.now();
    const pulse = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    // Catastrophic in one regular expression: no cooperative limit can end it.
    const source = `{{ "${'a'.repeat(40)}!" | date: "%${'9'.repeat(9)}Y" }}`;
    await Promise.all([
      fillHtml(source),
      fillHtml('{% for a in (1..40000) %}{% for b in (1..40000) %}x{% endfor %}{% endfor %}'),
    ]);
    clearInterval(pulse);
    expect(longest).toBeLessThan(500); // 50 ms when the machine is idle
    const filled = await fillHtml('{{ customer.firstName }}');
    expect(filled.ok && filled.mail.html).toBe('Robin');
  });

  it('fails the heavy item alone', async () => {
    const template = {
      subject: '',
      html: '{% for i in (1..n) %}{% for j in (1..n) %}x{% endfor %}{% endfor %}',
      text: '',
    };
    const { filled } = await fillTemplate({ template, items: [{ n: 2 }, { n: 30_000 }, { n: 3 }] });
    expect(filled.map(({ ok }) => ok)).toEqual([true, false, true]);
  });
});
