import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { expectAccessible, keepScreenshot, type TestBrowser } from '../../setup/browser';
import { placeOrder } from '../../../dev/demo/story/place-order';
import type { World } from '../../../dev/demo/story/world';
import { appInAdmin, embedded, expectFits, follow, open } from './journey';
import { one, withWorld } from './world';

const stack = inject('stack');

const rosa = 'rosa@partner.example';

/** Those who bring others for a share. */
export function affiliates(browser: TestBrowser): void {
  describe('affiliates', () => {
    it('apply on a page of the shop, are approved, and see their portal', async () => {
      const page = browser.page();
      await open(page, 'Affiliates');
      const app = embedded(page);
      await app.getByRole('button', { name: 'Start the programme' }).click();
      await app.getByText('Nobody here yet').waitFor();
      const token = (await one(`SELECT token FROM affiliate_programmes`)) ?? '';

      await follow(app, 'Groups and settings');
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

      await enterPortal(phone, token, 1);
      await phone.getByRole('heading', { name: 'Hello Rosa Moss' }).waitFor();
      await expectAccessible(phone);
      await keepScreenshot(phone, 'portal-phone');
      await expectFits(phone);
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
      await follow(app, 'Payouts');
      await app.getByRole('button', { name: 'Make a payout' }).click();
      await app.getByLabel('Reference of the transfer').fill('SEPA 2026-0815');
      await app.getByRole('button', { name: 'Mark as paid' }).click();
      await app.getByText('Paid with reference SEPA 2026-0815').waitFor();
      await expect.poll(() => page.locator('#app-title').textContent()).toBe('Payouts');
      await expectAccessible(page, 'iframe');
      await keepScreenshot(page, 'affiliates-payout');

      const token = (await one(`SELECT token FROM affiliate_programmes`)) ?? '';
      const phone = await browser.onPhone();
      await enterPortal(phone, token, 2);
      await phone.getByText('SEPA 2026-0815').waitFor();
      await expectAccessible(phone);
      await phone.getByText(/2\.50 per piece: everything tagged gift/).waitFor();
      await keepScreenshot(phone, 'portal-paid-phone');
      await expectFits(phone);
      const month = phone.locator('a[href^="/portal/statements/"]').first();
      for (const [name, link] of [
        ['orders', null],
        ['payouts', null],
        ['statement', month],
      ] as const) {
        await (link ? link.click() : phone.goto(`${stack.appUrl}/portal/${name}`));
        await phone.getByRole('link', { name: 'Back to the portal' }).waitFor();
        await expectAccessible(phone);
        await keepScreenshot(phone, `portal-${name}-phone`);
        await expectFits(phone);
        await phone.getByRole('link', { name: 'Back to the portal' }).click();
      }
      await phone.close();
    });

    it('have statements that the merchant reads too', async () => {
      const id = await one(`SELECT id FROM affiliates WHERE email = '${rosa}'`);
      const phone = await browser.onPhone();
      for (const page of [browser.page(), phone]) {
        const app = embedded(page);
        const keep = async (name: string) => {
          await expectAccessible(page, 'iframe');
          await expectFits(app);
          await keepScreenshot(page, `affiliate-${name}${page === phone ? '-phone' : ''}`);
        };
        await page.goto(`${appInAdmin}/affiliates/${id}`);
        const month = app.locator('a[href*="/statements/"]').first();
        await month.waitFor();
        await page.waitForTimeout(700); // until the browser has taken the page over
        await month.scrollIntoViewIfNeeded();
        await keep('statements');
        await month.click();
        await app.getByText(/^(.*: )?Payout$/).waitFor();
        await keep('statement');
      }
      const saved = browser.page().waitForEvent('download');
      await embedded(browser.page()).getByRole('button', { name: 'Download CSV' }).click();
      expect((await saved).suggestedFilename()).toMatch(/^statement-\d+-20\d\d-\d\d\.csv$/);
      await phone.close();
    });
  });
}

/** Somebody follows an affiliate's link and orders. */
async function orderByLink(world: World, code: string): Promise<void> {
  const answer = await fetch(`${stack.appUrl}/a/${code}`, { redirect: 'manual' });
  const { pathname, search } = new URL(answer.headers.get('location') ?? '');
  await placeOrder(world, {
    email: 'noah@example.com',
    quantities: [2],
    landingSite: `${pathname}${search}`,
  });
}

/** By a link in a mail, the n-th she asks for. */
async function enterPortal(phone: Page, token: string, nth: number): Promise<void> {
  await phone.goto(`${stack.appUrl}/partners/${token}`);
  await phone.getByLabel('E-mail').last().fill(rosa);
  await phone.getByRole('button', { name: 'Send me a link' }).click();
  await phone.getByText('Look into your inbox').waitFor();
  const mail = await withWorld((world) => world.mail(rosa, /portal/i, nth));
  await phone.goto(/href="([^"]+\/portal\/enter\/[^"]+)"/.exec(mail.html)?.[1] ?? '');
  await phone.getByRole('button', { name: 'Open' }).click();
}
