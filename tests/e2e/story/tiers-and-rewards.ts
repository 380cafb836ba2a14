import type { FrameLocator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible, keepScreenshot, type TestBrowser } from '../../setup/browser';
import { admin, appInAdmin, embedded, expectFits, follow, open } from './journey';
import { one, points } from './world';

/** What points lead to. */
export function tiersAndRewards(browser: TestBrowser): void {
  describe('tiers', () => {
    it('mistakes are marked, a preview tells who moves, saving puts everybody into their tier', async () => {
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
      await phone.goto(`${appInAdmin}/loyalty/tiers`);
      await embedded(phone).getByText('1 member').waitFor();
      await keepScreenshot(phone, 'tiers-phone');
      await expectFits(embedded(phone));
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
      await app.getByText('Add a reward').first().click();
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
      await follow(app, 'Add a reward');
      await app.getByLabel('Name').fill('Store credit');
      await app.getByLabel('Kind of reward').selectOption('store_credit');
      await allowStoreCredit(page, app);
      await app.getByLabel('Customers choose how many points to spend').check();
      await app.getByLabel('At least').fill('5');
      await app.getByLabel('At most').fill('1005');
      await expectAccessible(page, 'iframe');
      await keepScreenshot(page, 'reward-slider');
      await page.getByRole('button', { name: 'Save' }).first().click();
      await expect.poll(() => one(`SELECT count(*)::text FROM rewards`), { timeout: 20_000 }).toBe('2');
      await app.getByText('Store credit: €1.00 per 100 points').first().waitFor();
      await keepScreenshot(page, 'rewards');
      await stopOffering(page, app);

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
      await app.getByRole('button', { name: `Give back ${code}` }).click();
      await app.getByText('stops working in Shopify').waitFor();
      await app.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
      expect(await one(`SELECT state FROM redemptions`)).toBe('confirmed');

      const customer = page.url();
      await page.goto(`${admin}/discounts`);
      await page.getByRole('button', { name: 'Deactivate' }).first().click();
      const soon = `SELECT (expires_at < reserved_at + interval '1 hour')::text FROM redemptions`;
      await expect.poll(() => one(soon), { timeout: 40_000 }).toBe('true');
      await page.goto(customer);
      await app.getByText('Expired', { exact: true }).first().waitFor();
      await keepScreenshot(page, 'customer-discount-deactivated');
      await page.goto(`${admin}/discounts`);
      await keepScreenshot(page, 'store-discounts');
      await page.getByRole('button', { name: 'Delete' }).first().click();
      await expect.poll(() => points(), { timeout: 20_000 }).toBe(String(before));
      await page.goto(customer);
      await app.getByText('its discount was deleted in Shopify').first().waitFor();
      await expectAccessible(page, 'iframe');
      await keepScreenshot(page, 'customer-discount-deleted');

      await app.getByRole('button', { name: 'Redeem for this customer' }).click();
      await app.getByLabel('Reward', { exact: true }).selectOption({ index: 1 });
      await app.getByRole('button', { name: 'Redeem', exact: true }).click();
      await expect.poll(() => points(), { timeout: 20_000 }).toBe(String(before - 5));
      await app.getByText('Paid').first().waitFor();
    });
  });
}

/** What is typed into a reward stays when it is no longer offered, and offered again. */
async function stopOffering(page: Page, app: FrameLocator): Promise<void> {
  await app.getByRole('link', { name: 'Store credit' }).first().click();
  await app.getByLabel('Name').fill('Money back');
  for (const [button, state] of [
    ['Stop offering', 'Off'],
    ['Offer this reward', 'Offered'],
  ] as const) {
    await app.getByRole('button', { name: button }).click();
    await app.getByText(state, { exact: true }).first().waitFor();
    expect(await app.getByLabel('Name').inputValue()).toBe('Money back');
  }
  await keepScreenshot(page, 'reward-switched');
  await page.getByRole('button', { name: 'Discard' }).click();
}

/** The shop has allowed no store credit at the install: Shopify asks where it is needed. */
async function allowStoreCredit(page: Page, app: FrameLocator): Promise<void> {
  const note = app.getByText('Perennial may not give store credit');
  const ask = app.getByRole('button', { name: 'Allow it' });
  await note.waitFor();
  await expectAccessible(page, 'iframe');
  await keepScreenshot(page, 'scope-note');
  await ask.click();
  await page.getByRole('button', { name: 'Not now' }).waitFor();
  await keepScreenshot(page, 'scope-question');
  await page.getByRole('button', { name: 'Not now' }).click();
  await note.waitFor();
  await ask.click();
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await note.waitFor({ state: 'detached' });
  expect(await one(`SELECT scopes::text FROM shops WHERE status = 'active'`)).toContain('store_credit');
}
