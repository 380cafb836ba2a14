import { describe, expect, it } from 'vitest';
import { expectAccessible, keepScreenshot, type TestBrowser } from '../../setup/browser';
import { admin, checkOutLoggedIn, embedded, fillInAndPay, logIn, open, storefront } from './journey';
import { later, one, points } from './world';

/** The checkout and the account, where shoppers meet their points. */
export function shopperPlaces(browser: TestBrowser): void {
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
      await account.getByRole('button', { name: 'Redeem' }).first().click();
      await account.getByText(/your code is P-/).waitFor();
      await keepScreenshot(phone, 'account-loyalty-code-phone');
      await phone.getByRole('link', { name: 'Account', exact: true }).first().click();
      await phone
        .getByRole('link', { name: /^#\d+$/ })
        .first()
        .click();
      const order = phone.frameLocator('iframe#extension');
      await order.getByText(/You have [\d,]+ points?/).waitFor();
      await expectAccessible(phone);
      await keepScreenshot(phone, 'order-status-phone');
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
      await later(1_000); // orders have whole seconds: one of the second the rule begins in is of the rule before
      const before = Number(await points());
      const waiting = async () =>
        Number(
          await one(`SELECT coalesce(sum(balance), 0)::text FROM ledger_accounts WHERE kind = 'pending'`),
        );
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
}
