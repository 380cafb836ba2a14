import { describe, expect, it } from 'vitest';
import { ensureTemplates } from '~/modules/messaging/ensure-templates.server';
import { mailLocales, type MailLocale } from '~/modules/messaging/types';
import { prisma, withShop } from '~/platform/db/index.server';
import { createMailShop, mailTime as now } from '../../factories/message';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const key = 'win_back';

describe('the first mails of a shop, by several at once', () => {
  it('store each language once, in whatever order they need them', async () => {
    const ensure = (shopId: number, locales: readonly MailLocale[]) =>
      withShop(shopId, (tx) =>
        ensureTemplates(tx, { shopId, wanted: locales.map((locale) => ({ key, locale })), now }),
      );
    for (let round = 0; round < 8; round += 1) {
      const shopId = await createMailShop();
      // Somebody else is about to store the first language, which makes both wait; each then goes on with what it has not.
      const waiting: Promise<unknown>[] = [];
      await expect(
        withShop(shopId, async (tx) => {
          await ensureTemplates(tx, { shopId, wanted: [{ key, locale: mailLocales[0] }], now });
          waiting.push(ensure(shopId, mailLocales), ensure(shopId, [...mailLocales].reverse()));
          await new Promise((resolve) => setTimeout(resolve, 60));
          throw new Error('rolled back');
        }),
      ).rejects.toThrow('rolled back');
      await Promise.all(waiting);
      expect(await prisma().emailTemplate.count({ where: { shopId } })).toBe(mailLocales.length);
    }
  });
});
