import { expect, inject, it } from 'vitest';
import { keepScreenshot, type TestBrowser } from '../../setup/browser';
import { admin, embedded, fillInAddress, open, storefront } from './journey';
import { email, later, one, withWorld } from './world';

const stack = inject('stack');

/** From the empty shop to the first order, won back by a reminder. */
export function firstOrder(browser: TestBrowser): void {
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
    await fillInAddress(phone);
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
}

async function imported(): Promise<number> {
  return Number(await one(`SELECT count(*)::text FROM backfill_runs WHERE status = 'done'`));
}
