import { expect, inject, it } from 'vitest';
import { expectAccessible, keepScreenshot, type TestBrowser } from '../../setup/browser';
import { admin, appInAdmin, checkOutLoggedIn, embedded, open } from './journey';
import { email, later, one, points, withWorld } from './world';

const stack = inject('stack');

/** What comes after an order: points, a refund, a goodbye to mails, a complaint. */
export function afterwards(browser: TestBrowser): void {
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
    await page.goto(`${appInAdmin}/customers`);
    const app = embedded(page);
    await app.getByRole('link', { name: 'Juno Fern' }).first().click();
    await app.getByText('Marked an e-mail as spam').first().waitFor();
  });
}

function consent(): Promise<string | undefined> {
  return one(
    `SELECT c.state FROM consents c JOIN profiles p ON p.shop_id = c.shop_id AND p.id = c.profile_id WHERE p.email = '${email}'`,
  );
}
