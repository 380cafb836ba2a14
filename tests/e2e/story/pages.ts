import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible, keepScreenshot, type TestBrowser } from '../../setup/browser';
import { appInAdmin, embedded, expectFits, open } from './journey';
import { one } from './world';

/** Those of the navigation. */
const mainPages = [
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
];

const innerPages = [
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
];

export function everyMainPage(browser: TestBrowser): void {
  describe('every page of the admin', () => {
    it.each(mainPages)('%s is accessible, and fits a phone', async (name) => {
      const path = name.toLowerCase();
      const page = browser.page();
      await open(page, name);
      await look(page, path);
      await expectAccessible(page, 'iframe');

      const phone = await browser.onPhone();
      await phone.goto(name === 'Home' ? appInAdmin : `${appInAdmin}/${path}`);
      await look(phone, `${path}-phone`);
      await expectFits(embedded(phone));
      await phone.close();
    });
  });
}

export function everyInnerPage(browser: TestBrowser): void {
  describe('pages within a page', () => {
    it.each(innerPages)('%s is accessible, and fits a phone', async (path) => {
      const phone = await browser.onPhone();
      const visit = async (page: Page) => {
        await page.goto(`${appInAdmin}/${path}`);
        await look(page, `${path.replaceAll(/[/?=]/g, '-')}${page === phone ? '-phone' : ''}`);
        await withoutMails(page);
        await expectAccessible(page, 'iframe');
        await expectFits(embedded(page));
      };
      await Promise.all([visit(browser.page()), visit(phone)]);
      await phone.close();
    });

    it('a form that could not be saved stays as it was typed, and is saved the next time', async () => {
      const page = browser.page();
      await page.goto(`${appInAdmin}/loyalty/accounts`);
      const value = embedded(page).getByLabel('Value of a point');
      const toast = page.locator('#toast[data-error="true"]', { hasText: 'try again' });
      await value.fill('0.03');
      for (const failure of ['no network', 'an unexpected error']) {
        await page.route(/accounts\.data/, (route) =>
          failure === 'no network' ? route.abort() : route.fulfill({ status: 502, body: 'Bad gateway' }),
        );
        await page.getByRole('button', { name: 'Save' }).first().click();
        await toast.waitFor();
        expect(await value.inputValue()).toBe('0.03');
        await keepScreenshot(page, `not-saved-${failure.replaceAll(' ', '-')}`);
        await page.unroute(/accounts\.data/);
        await toast.waitFor({ state: 'hidden' });
      }
      await page.getByRole('button', { name: 'Save' }).first().click();
      await expect.poll(() => one(`SELECT point_value::text FROM loyalty_settings`)).toBe('0.0300');
    });

    it('cards saved on their own hold one on the page while they are not, and are saved together', async () => {
      const page = browser.page();
      await page.goto(`${appInAdmin}/affiliates/settings`);
      const app = embedded(page);
      await app.getByLabel('Minimum payout').fill('0,50');
      await app.getByLabel('Days a click counts').first().fill('31');
      await page.locator('#app-nav').getByRole('link', { name: 'Carts' }).click();
      await page.locator('#toast', { hasText: 'Save or discard your changes first' }).waitFor();
      await app.getByRole('heading', { name: 'Groups and settings' }).waitFor();
      await keepScreenshot(page, 'cards-hold');
      await page.getByRole('button', { name: 'Save' }).first().click();
      // Nothing is lost any more: the way that was chosen goes on.
      await app.getByRole('heading', { name: 'Carts', level: 1 }).waitFor();
      expect(await one(`SELECT minimum_payout::text FROM affiliate_programmes`)).toBe('0.5000');
      expect(await one(`SELECT window_days::text FROM affiliate_rules ORDER BY version DESC LIMIT 1`)).toBe(
        '31',
      );
    });

    it('the words of a mail come back from their history', async () => {
      const page = browser.page();
      const app = embedded(page);
      const heading = () => one(`SELECT words->>'heading' FROM email_words WHERE template_key = 'win_back'`);
      for (const text of ['A first try', 'A second try']) {
        await page.goto(`${appInAdmin}/messages/words?template=win_back`);
        await app.getByLabel('Heading').fill(text);
        await page.getByRole('button', { name: 'Save' }).first().click();
        await expect.poll(heading).toBe(text);
      }
      await app.getByRole('button', { name: 'History: 2 versions' }).click();
      await app.getByRole('button', { name: 'Restore the words' }).waitFor();
      await look(page, 'words-history');
      await app.getByRole('button', { name: 'Restore the words' }).click();
      await page.getByRole('button', { name: 'Save' }).first().click();
      await expect.poll(heading).toBe('A first try');
      await withoutMails(page);
      await expectAccessible(page, 'iframe');
    });
  });
}

/** No script runs in the picture of a mail, so that nothing can look into it. */
async function withoutMails(page: Page): Promise<void> {
  await embedded(page)
    .locator('iframe[sandbox=""]')
    .evaluateAll((frames) => frames.forEach((frame) => frame.remove()));
}

async function look(page: Page, name: string): Promise<void> {
  await embedded(page).getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForTimeout(700);
  await keepScreenshot(page, `page-${name}`);
}
