import type { FrameLocator, Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { email } from './world';

const stack = inject('stack');
export const admin = `${stack.storeUrl}/admin/${stack.shop}`;
export const appInAdmin = `${admin}/apps/perennial`;
export const storefront = `${stack.storeUrl}/shop/${stack.shop}`;

/** The app inside the page of the admin. */
export function embedded(page: Page): FrameLocator {
  return page.locator('iframe').first().contentFrame();
}

/** Through the navigation of the Shopify admin, as a merchant would. */
export async function open(page: Page, name: string): Promise<void> {
  if (!page.url().includes('/apps/perennial')) await page.goto(appInAdmin);
  await embedded(page).getByRole('heading').first().waitFor();
  const link =
    name === 'Home'
      ? page.getByRole('link', { name: 'Perennial' })
      : page.locator('#app-nav').getByRole('link', { name, exact: true });
  await link.first().click();
  await embedded(page).getByRole('heading', { name, level: 1 }).first().waitFor();
}

/** What leads on: Polaris makes some of these links and some of them buttons. */
export async function follow(app: FrameLocator, name: string): Promise<void> {
  await app.getByRole('link', { name }).or(app.getByRole('button', { name })).first().click();
}

/** Nothing is wider than the screen. */
export async function expectFits(shown: Page | FrameLocator): Promise<void> {
  const root = shown.locator('html');
  expect(await root.evaluate((html) => html.scrollWidth - html.clientWidth)).toBeLessThanOrEqual(0);
}

export async function logIn(page: Page): Promise<void> {
  await page.goto(`${storefront}/account`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Log in' }).click();
}

export async function checkOutLoggedIn(page: Page): Promise<void> {
  await logIn(page);
  await page.goto(storefront);
  await page.locator('a[href*="/products/"]').nth(2).click();
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.goto(`${storefront}/cart`);
  await page.getByRole('button', { name: 'Check out' }).click();
}

/** The city last, and left again: the checkout keeps a field once it is left. */
export async function fillInAddress(phone: Page): Promise<void> {
  await phone.locator('input[name="address1"]').fill('Waldweg 1');
  const fields = { 'First name': 'Juno', 'Last name': 'Fern', 'Postal code': '10115', City: 'Berlin' };
  for (const [label, value] of Object.entries(fields)) await phone.getByLabel(label).fill(value);
  await phone.getByLabel('City').blur();
}

export async function fillInAndPay(phone: Page): Promise<void> {
  await fillInAddress(phone);
  await phone.getByRole('button', { name: 'Pay now' }).click();
}
