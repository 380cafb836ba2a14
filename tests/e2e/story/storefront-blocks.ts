import type { Locator, Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { expectAccessible, keepScreenshot, type TestBrowser } from '../../setup/browser';
import { expectFits, logIn, storefront } from './journey';
import { one, points } from './world';

const loyalty = `${storefront}/pages/loyalty`;
const product = `${storefront}/products/monstera-deliciosa`;
const answers = '**/apps/perennial/loyalty*';
const body = '.perennial [data-body]';
const patient = { timeout: 15_000 }; // other tests keep the machine busy
const desktop = { width: 1280, height: 900 };

/** The blocks merchants place in their theme, in the stand-in's theme. */
export function storefrontBlocks(browser: TestBrowser): void {
  describe('blocks of the theme', () => {
    it.each(['guest', 'member'])('a %s sees them on phone and desktop, and nothing jumps', async (who) => {
      const [balance, perUnit] = await Promise.all([points(), pointsPerUnit()]);
      const visit = async (page: Page, size: string) => {
        if (who === 'member') await logIn(page);
        await watchShifts(page);
        const shown = await showLate(page, loyalty);
        expect(shown).toContain('1 point for every €1.00');
        expect(shown).toMatch(/1 € off your next order\s+5 points/);
        expect(shown).toMatch(/Silver\s+from €0.01/);
        if (who === 'member') expect(shown).toContain(`${Number(balance).toLocaleString('en')} points`);
        else expect(await page.getByRole('link', { name: 'Sign in to collect points' }).count()).toBe(1);
        await keepScreenshot(page, `block-loyalty-${who}${size}`);
        await expectSound(page);
        expect(await showLate(page, product)).toBe(`Earn up to ${Math.floor(24.9 * perUnit)} points`);
        await page.getByLabel('Choose').selectOption({ index: 1 });
        await page.getByText(`Earn up to ${Math.floor(54.9 * perUnit)} points`).waitFor();
        await keepScreenshot(page, `block-product-${who}${size}`);
        await expectSound(page);
      };
      const [phone, wide] = await Promise.all([browser.onPhone(), browser.onPhone()]);
      await wide.setViewportSize(desktop);
      await Promise.all([visit(phone, '-phone'), visit(wide, '')]);
      await Promise.all([phone.close(), wide.close()]);
    });

    it('by keyboard alone a reward is redeemed in place, also on a dark theme that hides focus', async () => {
      const before = Number(await points());
      const phone = await browser.onPhone();
      await logIn(phone);
      await watchShifts(phone);
      await tellMore(phone);
      expect(await showLate(phone, loyalty)).toContain('€155.50 more until Wintergarten.');
      await phone.addStyleTag({ content: darkTheme });
      await expectSound(phone, 0.1); // more than the room that is kept; browsers call up to 0.1 good
      await keepScreenshot(phone, 'block-loyalty-dark-phone');
      const controls = phone.locator('.perennial :is(a, button, input)');
      for (let nth = 0; nth < (await controls.count()); nth += 1) {
        await expectReached(controls.nth(nth));
      }
      await phone.getByLabel('Points to spend').fill('612');
      await phone.getByText('€6.05').waitFor();
      await keepScreenshot(phone, 'block-loyalty-slider-phone');
      await phone.getByRole('button', { name: 'Redeem: 1 € off your next order' }).focus();
      await phone.keyboard.press('Enter');
      const note = phone.getByText(/your code is P-/);
      await note.waitFor();
      const code = await one(`SELECT code FROM redemptions ORDER BY id DESC LIMIT 1`);
      expect(await note.innerText()).toContain(code ?? 'no code');
      await expect.poll(points, patient).toBe(String(before - 5));
      expect(await phone.locator(body).innerText()).toContain(`${(before - 5).toLocaleString('en')} points`);
      // Who pressed is where the code stands, and goes on from there.
      expect(await note.evaluate((node) => node === document.activeElement)).toBe(true);
      expect(await note.evaluate((node) => node.getBoundingClientRect().top)).toBeGreaterThanOrEqual(0);
      await expectAccessible(phone, '.perennial');
      await keepScreenshot(phone, 'block-loyalty-redeemed-phone');
      await phone.close();
    });

    it('speaks German and French, and says plainly when the app is silent', async () => {
      const phone = await browser.onPhone();
      await watchShifts(phone);
      const failures: string[] = [];
      phone.on('pageerror', (error) => failures.push(error.message));
      for (const [locale, words] of [
        ['de', ['1 Punkt je 1,00 €', 'Prämien', 'Stufen', 'ab 0,01 €', '5 Punkte']],
        ['fr', ['1 point pour 1,00 €', 'Récompenses', 'Niveaux', 'dès 0,01 €', '5 points']],
      ] as const) {
        const shown = plain(await showLate(phone, `${loyalty}?locale=${locale}`));
        for (const word of words) expect(shown).toContain(word);
        await expectSound(phone);
        await keepScreenshot(phone, `block-loyalty-${locale}-phone`);
      }
      await phone.route(answers, (route) => route.abort());
      await phone.goto(loyalty);
      await phone.getByText('Your points can’t be shown right now.').waitFor();
      await expectSound(phone);
      await keepScreenshot(phone, 'block-loyalty-silent-phone');
      const asked = phone.waitForEvent('requestfailed', (request) => request.url().includes('/perennial/'));
      await phone.goto(product);
      await asked;
      expect(await phone.locator(body).innerText()).toBe('');
      await expectSound(phone);
      expect(failures).toEqual([]);
      await phone.close();
    });
  });
}

/** A theme of a merchant who likes it dark and dislikes outlines. */
const darkTheme = `:root { --ink: #f1efe8; --soft: #b9bdb4; --paper: #14181a; --line: #33393b }
  input { background: #1d2325 } button:focus-visible, input:focus, a:focus-visible { outline: none }`;

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

async function pointsPerUnit(): Promise<number> {
  return Number(await one(`SELECT points_per_unit::text FROM earn_rules ORDER BY version DESC LIMIT 1`));
}

/** The app's own answer, with what this member does not have yet: points to choose, points to come, tiers ahead, rewards out of reach. */
async function tellMore(page: Page): Promise<void> {
  await page.route(answers, async (route) => {
    const response = await route.fetch();
    const told = (await response.json()) as { rewards: { title: string }[]; tier: object; tiers: object[] };
    const [cheap, credit] = told.rewards;
    await route.fulfill({
      response,
      json: {
        ...told,
        pending: 120,
        tier: { ...told.tier, next: { name: 'Wintergarten', missing: '155.5', progress: 0.62 } },
        tiers: [...told.tiers, { name: 'Wintergarten', threshold: '500', multiplier: '1.5' }],
        rewards: [
          cheap,
          { ...credit, slider: { perUnit: 100, most: 1005, step: 100 } },
          {
            ...cheap,
            id: '98',
            title: 'A monstera for the windowsill',
            points: 900,
            minimum: '60',
            missing: 885,
          },
          { ...cheap, id: '99', title: 'Free shipping', onlyFor: ['Wintergarten'] },
        ],
      },
    });
  });
}

/** Has the browser keep what it counts as layout shift, from the first paint on. */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: PerformanceEntry[] = [];
    const observer = new PerformanceObserver((list) => shifts.push(...list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    Object.assign(window, { readShifts: () => [...shifts, ...observer.takeRecords()] });
  });
}

const shiftsSchema = z.array(z.object({ value: z.number(), hadRecentInput: z.boolean() }));

/** Opens a page whose answer comes after everything else is painted; gives what the block says then. */
async function showLate(page: Page, address: string): Promise<string> {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const hold = async (route: Route) => {
    await held;
    await route.fallback();
  };
  await page.route(answers, hold);
  const asked = page.waitForRequest(answers);
  await page.goto(address);
  await asked;
  await painted(page);
  const before = await page.locator(body).innerText();
  release();
  await expect.poll(() => page.locator(body).innerText(), patient).not.toBe(before);
  await painted(page);
  await page.unroute(answers, hold);
  return page.locator(body).innerText();
}

async function painted(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  });
}

/** The layout shift that nobody has caused, from the first paint on. */
async function shifted(page: Page): Promise<number> {
  const shifts = shiftsSchema.parse(await page.evaluate('readShifts()'));
  return shifts.reduce((sum, { value, hadRecentInput }) => sum + (hadRecentInput ? 0 : value), 0);
}

/** Nothing has jumped, nothing is wider than the screen, and nothing is in anybody's way. */
async function expectSound(page: Page, most = 0): Promise<void> {
  expect(await shifted(page)).toBeLessThanOrEqual(most);
  await expectFits(page);
  await expectAccessible(page);
}

/** Presses Tab until the control has the focus, and fails when it can't be seen there. */
async function expectReached(control: Locator): Promise<void> {
  const page = control.page();
  await expect
    .poll(
      async () => {
        const isThere = await control.evaluate((node) => node === document.activeElement);
        if (!isThere) await page.keyboard.press('Tab');
        return isThere;
      },
      { ...patient, interval: 0 },
    )
    .toBe(true);
  expect(await control.evaluate((node) => getComputedStyle(node).outlineStyle)).not.toBe('none');
}
