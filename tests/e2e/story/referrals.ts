import { describe, expect, it } from 'vitest';
import { expectAccessible, keepScreenshot, type TestBrowser } from '../../setup/browser';
import { placeOrder } from '../../../dev/demo/story/place-order';
import { appInAdmin, embedded, follow, open, storefront } from './journey';
import { later, one, withWorld } from './world';

/** A customer brings a friend. */
export function referrals(browser: TestBrowser): void {
  describe('referrals', () => {
    const friend = 'frida@friends.example';

    it('are switched on by hand, and a customer gets a link', async () => {
      const page = browser.page();
      await open(page, 'Referrals');
      const app = embedded(page);
      await app.getByText('Let your customers bring friends').waitFor();
      await keepScreenshot(page, 'referrals-empty');
      await follow(app, 'Set up referrals');
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
      await withWorld((world) => placeOrder(world, { email: friend, discountCode: offer }));
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
      await page.goto(`${appInAdmin}/referrals?tab=stopped`);
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
}
