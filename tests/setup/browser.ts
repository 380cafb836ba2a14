import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import chromium from '@sparticuz/chromium';
import {
  chromium as playwright,
  type Browser,
  type BrowserContext,
  type Frame,
  type Page,
} from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { userAgent } from '../../dev/demo/story/clients';

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 900 };

/** Chromium for a test file: a desktop page and, on demand, one of a phone's size. */
export interface TestBrowser {
  page: () => Page;
  onPhone: () => Promise<Page>;
}

export function useBrowser(): TestBrowser {
  let browser: Browser;
  let page: Page;
  const opened: BrowserContext[] = [];
  const open = async (viewport: { width: number; height: number }) => {
    const context = await browser.newContext({
      viewport,
      userAgent,
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
    });
    opened.push(context);
    const fresh = await context.newPage();
    fresh.setDefaultTimeout(15_000);
    return fresh;
  };

  beforeAll(async () => {
    browser = await playwright.launch({
      executablePath: await chromium.executablePath(),
      args: quiet,
      headless: true,
    });
    page = await open(desktop);
  });
  afterAll(async () => {
    await Promise.all(opened.map((context) => context.close()));
    await browser.close();
  });
  return { page: () => page, onPhone: () => open(phone) };
}

/** Keeps a picture of the page for people to look at: tests/e2e/.screenshots/<name>.png. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  const file = path.join('tests/e2e/.screenshots', `${name}.png`);
  mkdirSync(path.dirname(file), { recursive: true });
  await page.screenshot({ path: file });
}

/** Fails on any serious or critical accessibility violation that axe finds inside the frame or page. */
export async function expectAccessible(page: Page, within?: string): Promise<void> {
  const builder = new AxeBuilder({ page });
  const { violations } = await (within ? builder.include(within) : builder).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`),
  ).toEqual([]);
}

/** The embedded app inside the stand-in's admin page. */
export async function appFrame(page: Page, appUrl: string): Promise<Frame> {
  await page.waitForFunction(
    (url) => [...document.querySelectorAll('iframe')].some((frame) => frame.src.startsWith(url)),
    appUrl,
  );
  const found = page.frames().find((frame) => frame.url().startsWith(appUrl));
  if (!found) throw new Error('The admin page shows no embedded app.');
  return found;
}
