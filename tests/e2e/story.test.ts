import type { FrameLocator, Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { World } from '../../dev/demo/story/world';
import { expectAccessible, keepScreenshot, useBrowser } from '../setup/browser';

const stack = inject('stack');
const browser = useBrowser();
const admin = `${stack.storeUrl}/admin/${stack.shop}`;
const storefront = `${stack.storeUrl}/shop/${stack.shop}`;
const email = 'juno@example.com';

/** A person's whole journey, clicked: each test is a chapter and goes on where the one before stopped. */
describe('the story, by hand', () => {
  it('the merchant installs the app and meets the set-up guide', async () => {
    const page = browser.page();
    await page.goto(admin);
    await page.getByRole('link', { name: 'Install', exact: true }).click();
    const install = page.getByRole('button', { name: /install/i });
    if (await install.isVisible().catch(() => false)) await install.click();
    const app = embedded(page);
    await app.getByRole('heading', { name: 'Home' }).first().waitFor();
    await app.getByText('Set up Perennial').waitFor();
    await expect.poll(() => imported(), { timeout: 30_000 }).toBe(3);
    await keepScreenshot(page, 'home-new');
  });

  it('fills in who the mails come from', async () => {
    const page = browser.page();
    await open(page, 'Settings');
    const app = embedded(page);
    await app.getByLabel('Name', { exact: true }).fill('Fern & Field');
    await app.getByLabel('Postal address').fill('Mossgasse 4, 10115 Berlin');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await expect.poll(() => one(`SELECT sender_name FROM shop_settings`)).toBe('Fern & Field');
    await keepScreenshot(page, 'settings');
  });

  it('switches on the three flows', async () => {
    const page = browser.page();
    for (const flow of ['Abandoned checkout', 'Thank-you for the first order', 'Win-back']) {
      await open(page, 'Flows');
      await embedded(page)
        .getByRole('button', { name: `Turn on ${flow}` })
        .first()
        .click();
      await expect.poll(() => one(`SELECT count(*)::text FROM flows WHERE enabled`)).not.toBe('0');
      await embedded(page)
        .getByRole('button', { name: `Turn off ${flow}` })
        .first()
        .waitFor();
    }
    expect(await one(`SELECT count(*)::text FROM flows WHERE enabled`)).toBe('3');
    await keepScreenshot(page, 'flows');
  });

  it('a shopper on a phone fills a cart, agrees to mails and leaves the checkout', async () => {
    const phone = await browser.onPhone();
    await phone.goto(storefront);
    await keepScreenshot(phone, 'storefront-phone');
    await phone.locator('a[href*="/products/"]').first().click();
    await phone.getByRole('button', { name: 'Add to cart' }).click();
    await phone.goto(`${storefront}/cart`);
    await phone.getByRole('button', { name: 'Check out' }).click();
    await phone.getByLabel('E-mail', { exact: false }).first().fill(email);
    await phone.getByLabel('E-mail me with news and offers').check();
    await phone.getByLabel('First name').fill('Juno');
    await phone.getByLabel('Last name').fill('Fern');
    await phone.locator('input[name="address1"]').fill('Waldweg 1');
    await phone.getByLabel('Postal code').fill('10115');
    await phone.getByLabel('City').fill('Berlin');
    await phone.getByLabel('City').blur();
    await expect
      .poll(() => one(`SELECT count(*)::text FROM carts WHERE email = '${email}' AND kind = 'checkout'`), {
        timeout: 20_000,
      })
      .toBe('1');
    await keepScreenshot(phone, 'checkout-phone-left');
    await phone.close();
  });

  it('an hour later there is a reminder, which looks right on a phone', async () => {
    await later(3_660_000);
    const mail = await withWorld((world) => world.mail(email, /./));
    expect(mail.headers.some(({ name }) => name === 'list-unsubscribe-post')).toBe(true);
    const phone = await browser.onPhone();
    await phone.setContent(mail.html);
    const pictures = await phone.evaluate(() => [...document.images].map((image) => image.naturalWidth));
    expect(pictures.length).toBeGreaterThan(0);
    expect(pictures).not.toContain(0);
    await keepScreenshot(phone, 'mail-reminder-phone');
    await phone.close();
    const page = browser.page();
    await page.goto(stack.inboxUrl);
    await keepScreenshot(page, 'inbox');
  });

  it('the shopper follows its link and pays; cart recovered, points earned, thank-you sent', async () => {
    const mail = await withWorld((world) => world.mail(email, /./));
    const link = /href="([^"]+u=cart[^"]*)"/.exec(mail.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const phone = await browser.onPhone();
    await phone.goto(link);
    await keepScreenshot(phone, 'checkout-phone');
    await phone.getByRole('button', { name: 'Pay now' }).click();
    await phone.getByText(/thank/i).first().waitFor();
    await keepScreenshot(phone, 'thank-you-phone');
    await phone.close();
    await withWorld(async (world) => {
      await world.settled();
      const thanks = await world.mail(email, /thank/i);
      const view = await browser.onPhone();
      await view.setContent(thanks.html);
      await keepScreenshot(view, 'mail-thank-you-phone');
      await view.close();
    });
    expect(await one(`SELECT state FROM carts WHERE email = '${email}' AND kind = 'checkout'`)).toBe(
      'recovered',
    );
  });

  it('the merchant sees it: carts, the customer with points, the message exactly as sent', async () => {
    const page = browser.page();
    await open(page, 'Carts');
    const app = embedded(page);
    await app
      .getByText(/recovered/i)
      .first()
      .waitFor();
    await keepScreenshot(page, 'carts');
    await open(page, 'Customers');
    await app.getByText('Juno Fern').first().waitFor();
    await keepScreenshot(page, 'customers');
    await app.getByRole('link', { name: 'Juno Fern' }).first().click();
    await app.getByRole('heading', { name: 'Juno Fern' }).first().waitFor();
    await app.getByRole('heading', { name: 'Points' }).first().waitFor();
    await page.waitForTimeout(800);
    await keepScreenshot(page, 'customer');
    await open(page, 'Messages');
    await app.getByText('juno@example.com').or(app.getByText('Juno Fern')).first().waitFor();
    await keepScreenshot(page, 'messages');
    await open(page, 'Flows');
    await app
      .getByRole('link', { name: /show flow/i })
      .first()
      .click();
    await page.waitForTimeout(1_500);
    await keepScreenshot(page, 'flow');
    await open(page, 'Health');
    await page.waitForTimeout(800);
    await keepScreenshot(page, 'health');
  });

  it('at the next checkout the extension shows the balance', async () => {
    const page = await browser.onPhone();
    await checkOutLoggedIn(page);
    const balance = await one(
      `SELECT t.points_balance::text FROM profile_traits t JOIN profiles p USING (shop_id) WHERE p.id = t.profile_id AND p.email = '${email}'`,
    );
    const block = page.frameLocator('iframe').getByText(new RegExp(`\\b${balance}\\b`));
    await block.first().waitFor();
    await keepScreenshot(page, 'checkout-points-phone');
    await page.close();
  });

  it('half the order is refunded: the points fall by half', async () => {
    const before = Number(await points());
    const page = browser.page();
    await page.goto(`${admin}/orders`);
    await page.getByRole('button', { name: 'Refund half' }).first().click();
    await expect.poll(() => points(), { timeout: 20_000 }).toBe(String(Math.floor(before / 2)));
  });

  it('the unsubscribe page changes nothing until its button is pressed', async () => {
    const mail = await withWorld((world) => world.mail(email, /thank/i));
    const link = /href="([^"]+\/unsubscribe\/[^"]+)"/.exec(mail.html)?.[1] ?? '';
    const phone = await browser.onPhone();
    await phone.goto(link);
    await expectAccessible(phone);
    await keepScreenshot(phone, 'unsubscribe-phone');
    expect(await consent()).toBe('subscribed');
    await phone.getByRole('button').first().click();
    await expect.poll(() => consent()).toBe('unsubscribed');
    await keepScreenshot(phone, 'unsubscribed-phone');
    await phone.close();
    await expect
      .poll(() => one(`SELECT count(*)::text FROM consent_pushes WHERE pushed_at IS NOT NULL`), {
        timeout: 30_000,
      })
      .toBe('1');
  });

  it('sixty days later the win-back is withheld, and the customer page says why', async () => {
    await later(60 * 86_400_000);
    await expect
      .poll(() => one(`SELECT reason FROM send_decisions WHERE flow_key = 'win_back' LIMIT 1`), {
        timeout: 100_000,
      })
      .toBe('not_subscribed');
    const page = browser.page();
    await open(page, 'Customers');
    const app = embedded(page);
    await app.getByRole('link', { name: 'Juno Fern' }).first().click();
    await app
      .getByText(/not subscribed|unsubscribed/i)
      .first()
      .waitFor();
    await keepScreenshot(page, 'customer-why-not');
  });

  it('a mail called spam is heard of: the address gets nothing any more', async () => {
    const page = browser.page();
    await page.goto(stack.inboxUrl);
    await page.locator('#list').getByText(email).first().click();
    await page.getByRole('button', { name: 'Report as spam' }).click();
    await page.getByText('The sender was told, and answered 200.').waitFor();
    expect(await one('SELECT reason FROM suppressions')).toBe('complaint');
    await page.goto(`${admin}/apps/perennial/customers`);
    const app = embedded(page);
    await app.getByRole('link', { name: 'Juno Fern' }).first().click();
    await app.getByText('Called an e-mail spam').first().waitFor();
  });
});

describe('every page of the admin', () => {
  const pages = [
    'Home',
    'Customers',
    'Loyalty',
    'Referrals',
    'Affiliates',
    'Carts',
    'Flows',
    'Messages',
    'Settings',
    'Health',
  ] as const;

  it.each(pages)('%s is accessible, and fits a phone', async (name) => {
    const page = browser.page();
    await open(page, name);
    await embedded(page).getByRole('heading').first().waitFor();
    await page.waitForTimeout(700);
    await keepScreenshot(page, `page-${name.toLowerCase()}`);
    await expectAccessible(page, 'iframe');

    const phone = await browser.onPhone();
    await phone.goto(`${admin}/apps/perennial${name === 'Home' ? '' : `/${name.toLowerCase()}`}`);
    await embedded(phone).getByRole('heading').first().waitFor();
    await phone.waitForTimeout(700);
    await keepScreenshot(phone, `page-${name.toLowerCase()}-phone`);
    const overflow = await embedded(phone)
      .locator('html')
      .evaluate((root) => root.scrollWidth - root.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await phone.close();
  });

  it('Tiers: mistakes are marked, a preview tells who moves, saving puts everybody into their tier', async () => {
    const page = browser.page();
    await open(page, 'Loyalty');
    const app = embedded(page);
    await app.getByText('Open tiers').first().click();
    await app.getByRole('heading', { name: 'Tiers', level: 1 }).waitFor();
    await app.getByRole('button', { name: 'Add a tier' }).click();
    await app.getByRole('button', { name: 'Preview who moves' }).click();
    await app.getByText('Enter a figure above 0').waitFor();
    await expectAccessible(page, 'iframe');
    await app.getByLabel('Name').fill('Silver');
    await app.getByLabel(/^From/).fill('0,01');
    await app.getByRole('button', { name: 'Preview who moves' }).click();
    await app.getByText('Looked at every customer with orders').waitFor();
    await expectAccessible(page, 'iframe');
    await keepScreenshot(page, 'tiers');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await expect
      .poll(() => one(`SELECT count(*)::text FROM profile_tiers WHERE tier_id = 1`), { timeout: 30_000 })
      .toBe('1');
    const phone = await browser.onPhone();
    await phone.goto(`${admin}/apps/perennial/loyalty/tiers`);
    await embedded(phone).getByText('1 member').waitFor();
    await keepScreenshot(phone, 'tiers-phone');
    const overflow = await embedded(phone)
      .locator('html')
      .evaluate((root) => root.scrollWidth - root.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await phone.close();
  });
});

describe('rewards', () => {
  it('are made by hand, with mistakes marked, and redeemed for a customer with a code of Shopify', async () => {
    const page = browser.page();
    await open(page, 'Loyalty');
    const app = embedded(page);
    await app.getByText('Open rewards').first().click();
    await app.getByText('No rewards yet').waitFor();
    await app.getByText('Add reward').first().click();
    await app.getByLabel('Name').fill('1 € off your next order');
    await app.getByLabel('Amount off', { exact: true }).last().fill('1');
    await app.getByLabel('Price').fill('0');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await app.getByText('Enter a whole number of points').first().waitFor();
    await expectAccessible(page, 'iframe');
    await keepScreenshot(page, 'reward-form');
    await app.getByLabel('Price').fill('5');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await expect.poll(() => one(`SELECT count(*)::text FROM rewards`), { timeout: 20_000 }).toBe('1');

    await app.getByRole('heading', { name: 'Rewards', level: 1 }).waitFor();
    await app
      .getByRole('link', { name: 'Add reward' })
      .or(app.getByRole('button', { name: 'Add reward' }))
      .first()
      .click();
    await app.getByLabel('Name').fill('Store credit');
    await app.getByLabel('Kind of reward').selectOption('store_credit');
    await app.getByLabel('Customers choose how many points to spend').check();
    await app.getByLabel('At least').fill('100');
    await app.getByLabel('At most').fill('1000');
    await expectAccessible(page, 'iframe');
    await keepScreenshot(page, 'reward-slider');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await expect.poll(() => one(`SELECT count(*)::text FROM rewards`), { timeout: 20_000 }).toBe('2');
    await app.getByText('€1.00 per 100 points store credit').first().waitFor();
    await keepScreenshot(page, 'rewards');

    const before = Number(await points());
    await open(page, 'Customers');
    await app.getByRole('link', { name: 'Juno Fern' }).first().click();
    await app.getByRole('button', { name: 'Redeem for this customer' }).click();
    await app.getByRole('button', { name: 'Redeem', exact: true }).click();
    await expect.poll(() => one(`SELECT state FROM redemptions`), { timeout: 20_000 }).toBe('confirmed');
    await expect.poll(() => points(), { timeout: 20_000 }).toBe(String(before - 5));
    const code = await one(`SELECT code FROM redemptions`);
    await app
      .getByText(code ?? 'no code')
      .first()
      .waitFor();
    await expectAccessible(page, 'iframe');
    await keepScreenshot(page, 'customer-redeemed');
  });
});

describe('affiliates', () => {
  const rosa = 'rosa@partner.example';

  it('apply on a page of the shop, are approved, and see their portal', async () => {
    const page = browser.page();
    await open(page, 'Affiliates');
    const app = embedded(page);
    await app.getByRole('button', { name: 'Start the programme' }).click();
    await app.getByText('Nobody here yet').waitFor();
    const token = (await one(`SELECT token FROM affiliate_programmes`)) ?? '';

    await app
      .getByRole('link', { name: 'Groups and settings' })
      .or(app.getByRole('button', { name: 'Groups and settings' }))
      .first()
      .click();
    const group = app.locator('form').filter({ hasText: 'earn by this rule' });
    await group.getByLabel('Days on hold').fill('0');
    await group.getByRole('button', { name: 'Add a rate' }).click();
    await group.getByLabel('Rate 1 is for').selectOption('tags');
    await group.getByRole('button', { name: 'Save' }).click();
    await group.getByText('Enter at least one tag').waitFor();
    await group.getByLabel('Tags').fill('Gift');
    await group.getByLabel('Commission').last().selectOption('flat');
    await group.getByLabel('How much').last().fill('2,50');
    await expectAccessible(page, 'iframe');
    await keepScreenshot(page, 'affiliates-rates');
    await group.getByRole('button', { name: 'Save' }).click();
    await expect
      .poll(() =>
        one(`SELECT hold_days || (rates->0->>'value') FROM affiliate_rules ORDER BY version DESC LIMIT 1`),
      )
      .toBe('02.50');

    const phone = await browser.onPhone();
    await phone.goto(`${stack.appUrl}/partners/${token}`);
    await expectAccessible(phone);
    await keepScreenshot(phone, 'partners-phone');
    await phone.getByLabel('Your name').fill('Rosa Moss');
    await phone.getByLabel('E-mail').first().fill(rosa);
    await phone.getByRole('button', { name: 'Apply' }).click();
    await phone.getByText('Thank you').waitFor();

    await open(page, 'Affiliates');
    await app.getByRole('link', { name: 'Rosa Moss' }).first().click();
    await app.getByRole('button', { name: 'Approve' }).click();
    await app.getByText('Approved').first().waitFor();
    await app.getByLabel('Code').fill('ROSA10');
    await app.getByRole('button', { name: 'Add', exact: true }).click();
    await expect.poll(() => one(`SELECT code FROM affiliate_codes`)).toBe('ROSA10');
    await expectAccessible(page, 'iframe');
    await keepScreenshot(page, 'affiliate');

    await phone.goto(`${stack.appUrl}/partners/${token}`);
    await phone.getByLabel('E-mail').last().fill(rosa);
    await phone.getByRole('button', { name: 'Send me a link' }).click();
    await phone.getByText('Look into your inbox').waitFor();
    const mail = await withWorld((world) => world.mail(rosa, /portal/i));
    const link = /href="([^"]+\/portal\/enter\/[^"]+)"/.exec(mail.html)?.[1] ?? '';
    await phone.goto(link);
    await phone.getByRole('button', { name: 'Open' }).click();
    await phone.getByRole('heading', { name: 'Hello Rosa Moss' }).waitFor();
    await expectAccessible(phone);
    await keepScreenshot(phone, 'portal-phone');
    expect(await phone.evaluate(() => document.body.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await phone.close();
  });

  it('are paid for an order that came by their link, and see it', async () => {
    const code = (await one(`SELECT link_code FROM affiliates WHERE email = '${rosa}'`)) ?? '';
    await withWorld((world) => orderByLink(world, code));
    const page = browser.page();
    const app = embedded(page);
    await open(page, 'Affiliates');
    await app.getByText('Week by week').waitFor();
    await app.locator('.recharts-surface').first().waitFor();
    await keepScreenshot(page, 'affiliates-overview');
    await app.getByRole('button', { name: 'Show as table' }).click();
    await expectAccessible(page, 'iframe');
    await app
      .getByRole('link', { name: 'Payouts' })
      .or(app.getByRole('button', { name: 'Payouts' }))
      .first()
      .click();
    await app.getByRole('button', { name: 'Make a payout' }).click();
    await app.getByLabel('Reference of the transfer').fill('SEPA 2026-0815');
    await app.getByRole('button', { name: 'Mark as paid' }).click();
    await app.getByText('Paid with reference SEPA 2026-0815').waitFor();
    await expectAccessible(page, 'iframe');
    await keepScreenshot(page, 'affiliates-payout');

    const token = (await one(`SELECT token FROM affiliate_programmes`)) ?? '';
    const phone = await browser.onPhone();
    await phone.goto(`${stack.appUrl}/partners/${token}`);
    await phone.getByLabel('E-mail').last().fill(rosa);
    await phone.getByRole('button', { name: 'Send me a link' }).click();
    await phone.getByText('Look into your inbox').waitFor();
    const mail = await withWorld((world) => world.mail(rosa, /portal/i, 2));
    await phone.goto(/href="([^"]+\/portal\/enter\/[^"]+)"/.exec(mail.html)?.[1] ?? '');
    await phone.getByRole('button', { name: 'Open' }).click();
    await phone.getByText('SEPA 2026-0815').waitFor();
    await expectAccessible(phone);
    await keepScreenshot(phone, 'portal-paid-phone');
    expect(await phone.evaluate(() => document.body.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await phone.close();
  });
});

/** Somebody follows an affiliate's link and orders. */
async function orderByLink(world: World, code: string): Promise<void> {
  const answer = await fetch(`${stack.appUrl}/a/${code}`, { redirect: 'manual' });
  const { pathname, search } = new URL(answer.headers.get('location') ?? '');
  const gid = z.object({ admin_graphql_api_id: z.string() });
  const [product] = await world.store(z.array(z.object({ variants: z.array(gid).min(1) })), '/products');
  const variantId = product?.variants[0]?.admin_graphql_api_id;
  const lines = [{ variantId, quantity: 2 }];
  const started = { lines, email: 'noah@example.com', locale: 'en' };
  const { token } = await world.store(z.object({ token: z.string() }), '/checkouts', started);
  await world.store(z.unknown(), `/checkouts/${token}/pay`, { landingSite: `${pathname}${search}` });
  await world.settled();
}

describe('where shoppers meet it', () => {
  it('redeems a reward in the checkout itself: the discount is real, and the order uses it up', async () => {
    const phone = await browser.onPhone();
    await checkOutLoggedIn(phone);
    const block = phone.frameLocator('iframe#extension');
    await block.getByRole('button', { name: 'Redeem' }).click();
    await block.getByText('In use').waitFor();
    await phone.getByText('−€1.00').first().waitFor();
    await keepScreenshot(phone, 'checkout-reward-phone');
    await block.getByText('In use').scrollIntoViewIfNeeded();
    await keepScreenshot(phone, 'checkout-reward-block-phone');
    await fillInAndPay(phone);
    await phone.getByText(/Discount P-/).waitFor();
    await expect
      .poll(() => one(`SELECT state FROM redemptions ORDER BY id DESC LIMIT 1`), { timeout: 20_000 })
      .toBe('used');
    await phone.close();
  });

  it('the account tells what happened to the points, and what they buy', async () => {
    const phone = await browser.onPhone();
    await logIn(phone);
    await phone.getByRole('link', { name: 'Points and rewards' }).click();
    const account = phone.frameLocator('iframe#extension');
    await account.getByText(/half refunded: −/).waitFor();
    await account.getByText('1 € off your next order redeemed: −5').first().waitFor();
    await phone.waitForTimeout(300);
    await expectAccessible(phone);
    await keepScreenshot(phone, 'account-loyalty-phone');
    await account.getByRole('button', { name: 'Redeem' }).click();
    await account.getByText(/your code is P-/).waitFor();
    await keepScreenshot(phone, 'account-loyalty-code-phone');
    await phone.close();
  });

  it('the order paid with a reward is refunded: the reward’s points come back, its own are gone', async () => {
    const spent = () => one(`SELECT spent::text FROM redemptions WHERE state = 'used'`);
    const left = () =>
      one(`SELECT coalesce(sum(p.points), 0)::text FROM ledger_transactions t
      JOIN ledger_postings p ON p.shop_id = t.shop_id AND p.transaction_id = t.id
      JOIN ledger_accounts a ON a.shop_id = p.shop_id AND a.id = p.account_id AND a.kind <> 'issued'
      WHERE t.order_id = (SELECT order_id FROM redemptions WHERE state = 'used')`);
    expect(await spent()).toBe('5');
    expect(Number(await left())).toBeGreaterThan(0);
    const page = browser.page();
    await page.goto(`${admin}/orders`);
    await page.getByRole('button', { name: 'Refund all' }).first().click();
    await expect.poll(spent, { timeout: 20_000 }).toBe('0');
    await expect.poll(left, { timeout: 20_000 }).toBe('0');
    const phone = await browser.onPhone();
    await logIn(phone);
    await phone.getByRole('link', { name: 'Points and rewards' }).click();
    const account = phone.frameLocator('iframe#extension');
    await account.getByText('1 € off your next order given back').first().waitFor();
    await keepScreenshot(phone, 'account-reward-back-phone');
    await phone.close();
  });

  it('new points wait their days, and can be spent after them', async () => {
    const page = browser.page();
    await open(page, 'Settings');
    await embedded(page).getByLabel('Days until points can be spent').fill('14');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await expect
      .poll(() => one(`SELECT pending_days::text FROM earn_rules ORDER BY version DESC LIMIT 1`))
      .toBe('14');
    const before = Number(await points());
    const waiting = async () =>
      Number(await one(`SELECT coalesce(sum(balance), 0)::text FROM ledger_accounts WHERE kind = 'pending'`));
    const phone = await browser.onPhone();
    await checkOutLoggedIn(phone);
    await fillInAndPay(phone);
    await expect.poll(waiting, { timeout: 20_000 }).toBeGreaterThan(0);
    const coming = await waiting();
    expect(await points()).toBe(String(before));
    const account = phone.frameLocator('iframe#extension');
    const look = async () => {
      await phone.goto(`${storefront}/account`);
      await phone.getByRole('link', { name: 'Points and rewards' }).click();
    };
    await look();
    await account.getByText(`${coming} more points are on their way.`).waitFor();
    await keepScreenshot(phone, 'account-points-wait-phone');
    await later(15 * 86_400_000);
    await expect.poll(() => points(), { timeout: 60_000 }).toBe(String(before + coming));
    await look();
    await account
      .getByText(`${before + coming} points`)
      .first()
      .waitFor();
    await keepScreenshot(phone, 'account-points-free-phone');
    await phone.close();
  });
});

describe('ways to earn', () => {
  it('are set up with mistakes marked and a look at what they would have cost', async () => {
    const page = browser.page();
    await open(page, 'Loyalty');
    const app = embedded(page);
    await app.getByText('Open ways to earn').first().click();
    await app.getByRole('link', { name: 'Create an account' }).first().click();
    await app.getByLabel('Name').fill('Join us');
    await app.getByLabel('Points each time').fill('0');
    await app.getByRole('button', { name: 'Save' }).first().click();
    await app.getByText('Enter a whole number of points').first().waitFor();
    await app.getByLabel('Points each time').fill('100');
    await app.getByRole('button', { name: 'Look at the last 90 days' }).click();
    await app.getByText('Over the last 90 days').waitFor();
    await expectAccessible(page, 'iframe');
    await keepScreenshot(page, 'earning-form');
    await app.getByRole('button', { name: 'Save' }).first().click();
    await expect
      .poll(() => one(`SELECT code FROM earn_actions`), { timeout: 20_000 })
      .toBe('account_created');
    await app.getByText('Join us: +100').waitFor();
    await app.getByRole('link', { name: 'Add a campaign' }).click();
    await app.getByLabel('Name').fill('Double points');
    await app.getByLabel('For', { exact: true }).selectOption('collections');
    const collections = app.getByRole('combobox', { name: 'Collections' });
    await collections.click();
    await app.getByRole('listbox').getByRole('option').first().click();
    await collections.fill('pla');
    await keepScreenshot(page, 'campaign-collections');
    await app.getByLabel('Name').click();
    await expectAccessible(page, 'iframe');
    await app.getByLabel('For', { exact: true }).selectOption('all');
    await app.getByRole('button', { name: 'Look at the last 90 days' }).click();
    await app.getByText('Over the last 90 days').waitFor();
    await keepScreenshot(page, 'campaign-form');
    await app.getByRole('button', { name: 'Save' }).first().click();
    await app.getByText('2 × points, All products').waitFor();
    await app.getByRole('button', { name: 'Make a key' }).click();
    await app.getByText('This is the key').waitFor();
    await expectAccessible(page, 'iframe');
    await keepScreenshot(page, 'earning');
  });
});

describe('bulk adjustments', () => {
  it('are previewed, posted and undone', async () => {
    const page = browser.page();
    await open(page, 'Loyalty');
    const app = embedded(page);
    await app.getByText('Open bulk adjustments').first().click();
    await app.getByRole('heading', { name: 'Bulk adjustments', level: 1 }).waitFor();
    await app.getByRole('button', { name: 'Preview' }).click();
    await app.getByText('Choose a file.').waitFor();
    await expectAccessible(page, 'iframe');
    const file = (text: string) => ({ name: 'points.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await app.locator('input[type="file"]').setInputFiles(file('name,city\nJuno,Berlin'));
    await app.getByLabel('Reason').fill('Sorry for the delay');
    await app.getByRole('button', { name: 'Preview' }).click();
    await app.getByText('Line 1 names no columns').waitFor();
    const lines = `\ufeffemail;points\r\n${email};40\r\nnobody@example.com;5\r\nlater;1\r\n`;
    await app.locator('input[type="file"]').setInputFiles(file(lines));
    await app.getByRole('button', { name: 'Preview' }).click();
    await app.getByText('Nothing has happened yet').waitFor();
    await app.getByText('Nobody is known by this address').first().waitFor();
    await expectAccessible(page, 'iframe');
    await keepScreenshot(page, 'adjustments-preview');
    const before = Number(await points());
    await app.getByRole('button', { name: 'Start for 1 customer' }).click();
    await app.getByText('Done', { exact: true }).first().waitFor();
    expect(await points()).toBe(String(before + 40));
    await keepScreenshot(page, 'adjustments-posted');
    await app.getByRole('button', { name: 'Undo' }).click();
    await app.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
    await app.getByText('This adjustment was undone').waitFor();
    expect(await points()).toBe(String(before));
    await expectAccessible(page, 'iframe');
    await keepScreenshot(page, 'adjustments-undone');
  });
});

describe('pages within a page', () => {
  it.each([
    'loyalty/accounts',
    'loyalty/adjustments',
    'loyalty/connections',
    'loyalty/setup',
    'loyalty/rewards',
    'loyalty/rewards?reward=new',
    'loyalty/earning',
    'loyalty/earning?way=custom',
    'loyalty/earning?way=social_visit',
    'loyalty/earning?campaign=new',
    'referrals/settings',
    'flows/points_expiring',
    'flows/tier_up',
    'messages/words?template=tier_up',
    'flows/reward_available',
    'flows/referral_invitation',
    'affiliates',
    'affiliates/payouts',
    'affiliates/settings',
  ])('%s is accessible, and fits a phone', async (path) => {
    for (const page of [browser.page(), await browser.onPhone()]) {
      await page.goto(`${admin}/apps/perennial/${path}`);
      await embedded(page).getByRole('heading', { level: 1 }).first().waitFor();
      await page.waitForTimeout(700);
      const wide = (page.viewportSize()?.width ?? 0) > 600;
      await keepScreenshot(page, `page-${path.replaceAll(/[/?=]/g, '-')}${wide ? '' : '-phone'}`);
      // No script runs in the picture of a mail, so that nothing can look into it.
      await embedded(page)
        .locator('iframe[sandbox=""]')
        .evaluateAll((frames) => frames.forEach((frame) => frame.remove()));
      await expectAccessible(page, 'iframe');
      const root = embedded(page).locator('html');
      expect(await root.evaluate((html) => html.scrollWidth - html.clientWidth)).toBeLessThanOrEqual(0);
      if (!wide) await page.close();
    }
  });
});

describe('referrals', () => {
  const friend = 'frida@friends.example';

  it('are switched on by hand, and a customer gets a link', async () => {
    const page = browser.page();
    await open(page, 'Referrals');
    const app = embedded(page);
    await app.getByText('Let your customers bring friends').waitFor();
    await keepScreenshot(page, 'referrals-empty');
    await app
      .getByRole('link', { name: 'Set up referrals' })
      .or(app.getByRole('button', { name: 'Set up referrals' }))
      .first()
      .click();
    await app.getByLabel('Customers may bring friends').check();
    await app.getByLabel('Days on hold').fill('a month');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await app.getByText('Enter a whole number of days from 0 to 365').waitFor();
    await expectAccessible(page, 'iframe');
    await keepScreenshot(page, 'referrals-settings');
    await app.getByLabel('Days on hold').fill('30');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await expect.poll(() => one(`SELECT enabled::text FROM referral_programmes`)).toBe('true');
    await open(page, 'Customers');
    await app.locator('table a[data-primary-link]').first().click();
    await app.getByRole('button', { name: 'Make a link' }).click();
    await app.getByText('/apps/perennial/r/').waitFor();
    await keepScreenshot(page, 'customer-referral-link');
  });

  it('a friend claims on a phone and orders; the advocate’s own address is told no', async () => {
    const code = await one(`SELECT code FROM referral_codes`);
    const own = await one(
      `SELECT p.email FROM referral_codes c JOIN profiles p ON p.shop_id = c.shop_id AND p.id = c.profile_id`,
    );
    const phone = await browser.onPhone();
    const claim = async (address: string) => {
      await phone.goto(`${storefront}/apps/perennial/r/${code}`);
      await phone.getByLabel('Your e-mail address').fill(address);
      await phone.getByRole('button', { name: 'Get my code' }).click();
    };
    await phone.goto(`${storefront}/apps/perennial/r/${code}`);
    expect(await phone.getByRole('checkbox').isChecked()).toBe(false);
    await expectAccessible(phone);
    await keepScreenshot(phone, 'referral-landing-phone');
    await claim(friend);
    await phone.getByRole('heading', { name: 'Your code' }).waitFor();
    await expectAccessible(phone);
    await keepScreenshot(phone, 'referral-code-phone');
    const offer = await phone.locator('.code').innerText();
    await claim((own ?? '').replace('@', '+me@'));
    await phone.getByRole('heading', { name: 'This offer can’t be used with this address' }).waitFor();
    await phone.close();
    await withWorld((world) => orderWithCode(world, friend, offer));
    await expect
      .poll(() => one(`SELECT string_agg(state, ',' ORDER BY id) FROM referrals`), { timeout: 30_000 })
      .toBe('held,blocked');
  });

  it('the merchant sees the evidence after the hold, approves, and the advocate has the points', async () => {
    await later(31 * 86_400_000);
    const state = () => one(`SELECT string_agg(state, ',' ORDER BY id) FROM referrals`);
    await expect.poll(state, { timeout: 60_000 }).toBe('review,blocked');
    const page = browser.page();
    await open(page, 'Referrals');
    const app = embedded(page);
    await app.getByText('waits for your decision').first().waitFor();
    await keepScreenshot(page, 'referrals-review');
    await expectAccessible(page, 'iframe');
    await app.locator('table a[data-primary-link]').first().click();
    await app.getByText('What speaks against it').first().waitFor();
    await expectAccessible(page, 'iframe');
    await keepScreenshot(page, 'referral');
    await app.getByRole('button', { name: 'Approve', exact: true }).click();
    await expect.poll(state, { timeout: 30_000 }).toBe('rewarded,blocked');
    await page.goto(`${admin}/apps/perennial/referrals?tab=stopped`);
    await app.getByText('Both addresses lead to the same mailbox').first().waitFor();
    await keepScreenshot(page, 'referrals-blocked');
    await app.getByRole('checkbox').nth(1).check({ force: true });
    await app.getByRole('button', { name: 'Reject', exact: true }).click();
    await app.getByText('Enter a reason, so that everybody can see later').waitFor();
    await app.getByLabel('Reason').fill('Recommended themselves');
    await app.getByRole('button', { name: 'Reject', exact: true }).click();
    await expect
      .poll(() => one(`SELECT decision_reason FROM referrals WHERE decision = 'rejected'`))
      .toBe('Recommended themselves');
    await keepScreenshot(page, 'referrals-decided');
  });
});

/** An order of one piece of everything, with a code, as a shop's own checkout would place it. */
async function orderWithCode(world: World, buyer: string, discountCode: string): Promise<void> {
  const { z } = await import('zod');
  const gid = z.object({ admin_graphql_api_id: z.string() });
  const products = await world.store(z.array(z.object({ variants: z.array(gid).min(1) })), '/products');
  const lines = products.map(({ variants }) => ({
    variantId: variants[0]?.admin_graphql_api_id,
    quantity: 1,
  }));
  const start = { lines, email: buyer, locale: 'en', discountCode };
  const checkout = await world.store(z.object({ token: z.string() }), '/checkouts', start);
  await world.store(z.unknown(), `/checkouts/${checkout.token}/pay`, {});
  await world.settled();
}

function embedded(page: Page): FrameLocator {
  return page.locator('iframe').first().contentFrame();
}

/** Through the navigation of the Shopify admin, as a merchant would. */
async function open(page: Page, name: string): Promise<void> {
  if (!page.url().includes('/apps/perennial')) await page.goto(`${admin}/apps/perennial`);
  await embedded(page).getByRole('heading').first().waitFor();
  const link =
    name === 'Home'
      ? page.getByRole('link', { name: 'Perennial' })
      : page.locator('#app-nav').getByRole('link', { name, exact: true });
  await link.first().click();
  await embedded(page).getByRole('heading', { name, level: 1 }).first().waitFor();
}

async function logIn(page: Page): Promise<void> {
  await page.goto(`${storefront}/account`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Log in' }).click();
}

async function fillInAndPay(phone: Page): Promise<void> {
  for (const [label, value] of Object.entries({
    'First name': 'Juno',
    'Last name': 'Fern',
    City: 'Berlin',
  }))
    await phone.getByLabel(label).fill(value);
  await phone.locator('input[name="address1"]').fill('Waldweg 1');
  await phone.getByLabel('Postal code').fill('10115');
  await phone.getByRole('button', { name: 'Pay now' }).click();
}

async function checkOutLoggedIn(page: Page): Promise<void> {
  await logIn(page);
  await page.goto(storefront);
  await page.locator('a[href*="/products/"]').nth(2).click();
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.goto(`${storefront}/cart`);
  await page.getByRole('button', { name: 'Check out' }).click();
}

async function withWorld<T>(work: (world: World) => Promise<T>): Promise<T> {
  const world = await World.open({ ...stack, stop: async () => {} });
  try {
    return await work(world);
  } finally {
    await world.close();
  }
}

async function one(sql: string): Promise<string | undefined> {
  const { z } = await import('zod');
  const row = await withWorld((world) => world.row(z.record(z.string(), z.string().nullable()), sql));
  return row ? (Object.values(row)[0] ?? undefined) : undefined;
}

function later(ms: number): Promise<void> {
  return withWorld(async (world) => {
    await world.settled();
    await world.moveClock(ms);
  });
}

function points(): Promise<string | undefined> {
  return one(
    `SELECT t.points_balance::text FROM profile_traits t JOIN profiles p ON p.shop_id = t.shop_id AND p.id = t.profile_id WHERE p.email = '${email}'`,
  );
}

function consent(): Promise<string | undefined> {
  return one(
    `SELECT c.state FROM consents c JOIN profiles p ON p.shop_id = c.shop_id AND p.id = c.profile_id WHERE p.email = '${email}'`,
  );
}

async function imported(): Promise<number> {
  return Number(await one(`SELECT count(*)::text FROM backfill_runs WHERE status = 'done'`));
}
