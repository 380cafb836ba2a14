import { describe, expect, it } from 'vitest';
import { expectAccessible, keepScreenshot, type TestBrowser } from '../../setup/browser';
import { embedded, open } from './journey';
import { email, one, points } from './world';

/** Points for more than orders. */
export function earning(browser: TestBrowser): void {
  describe('ways to earn', () => {
    it('are set up with mistakes marked and a look at what they would have cost', async () => {
      const page = browser.page();
      await open(page, 'Loyalty');
      const app = embedded(page);
      await app.getByText('Open ways to earn').first().click();
      await app.getByRole('link', { name: 'Create an account' }).first().click();
      await app.getByLabel('Name').fill('Join us');
      await app.getByLabel('Points each time').fill('0');
      await app.getByRole('button', { name: 'Save' }).first().click();
      await app.getByText('Enter a whole number of points').first().waitFor();
      await app.getByLabel('Points each time').fill('100');
      await app.getByRole('button', { name: 'Look at the last 90 days' }).click();
      await app.getByText('Over the last 90 days').waitFor();
      await expectAccessible(page, 'iframe');
      await keepScreenshot(page, 'earning-form');
      await app.getByRole('button', { name: 'Save' }).first().click();
      await expect
        .poll(() => one(`SELECT code FROM earn_actions`), { timeout: 20_000 })
        .toBe('account_created');
      await app.getByText('Join us: +100').waitFor();
      await app.getByRole('link', { name: 'Add a campaign' }).click();
      await app.getByLabel('Name').fill('Double points');
      await app.getByLabel('For', { exact: true }).selectOption('collections');
      const collections = app.getByRole('combobox', { name: 'Collections' });
      await collections.click();
      await app.getByRole('listbox').getByRole('option').first().click();
      await collections.fill('pla');
      await keepScreenshot(page, 'campaign-collections');
      await app.getByLabel('Name').click();
      await expectAccessible(page, 'iframe');
      await app.getByLabel('For', { exact: true }).selectOption('all');
      await app.getByRole('button', { name: 'Look at the last 90 days' }).click();
      await app.getByText('Over the last 90 days').waitFor();
      await keepScreenshot(page, 'campaign-form');
      await app.getByRole('button', { name: 'Save' }).first().click();
      await app.getByText('All products: points × 2').waitFor();
      await app.getByRole('button', { name: 'Make a key' }).click();
      await app.getByText('This is the key').waitFor();
      await expectAccessible(page, 'iframe');
      await keepScreenshot(page, 'earning');
    });
  });

  describe('bulk adjustments', () => {
    it('are previewed, posted and undone', async () => {
      const page = browser.page();
      await open(page, 'Loyalty');
      const app = embedded(page);
      await app.getByText('Open bulk adjustments').first().click();
      await app.getByRole('heading', { name: 'Bulk adjustments', level: 1 }).waitFor();
      await app.getByRole('button', { name: 'Preview' }).click();
      await app.getByText('Choose a file.').waitFor();
      await expectAccessible(page, 'iframe');
      const file = (text: string) => ({
        name: 'points.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(text),
      });
      await app.locator('input[type="file"]').setInputFiles(file('name,city\nJuno,Berlin'));
      await app.getByLabel('Reason').fill('Sorry for the delay');
      await app.getByRole('button', { name: 'Preview' }).click();
      await app.getByText('Line 1 names no columns').waitFor();
      const lines = `\ufeffemail;points\r\n${email};40\r\nnobody@example.com;5\r\nlater;1\r\n`;
      await app.locator('input[type="file"]').setInputFiles(file(lines));
      await app.getByRole('button', { name: 'Preview' }).click();
      await app.getByText('Nothing has happened yet').waitFor();
      await app.getByText('Nobody is known by this address').first().waitFor();
      await expectAccessible(page, 'iframe');
      await keepScreenshot(page, 'adjustments-preview');
      const before = Number(await points());
      await app.getByRole('button', { name: 'Start for 1 customer' }).click();
      await app.getByText('Done', { exact: true }).first().waitFor();
      expect(await points()).toBe(String(before + 40));
      await keepScreenshot(page, 'adjustments-posted');
      await app.getByRole('button', { name: 'Undo' }).click();
      await app.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
      await app.getByText('This adjustment was undone').waitFor();
      expect(await points()).toBe(String(before));
      await expectAccessible(page, 'iframe');
      await keepScreenshot(page, 'adjustments-undone');
    });
  });
}
