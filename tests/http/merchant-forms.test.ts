import { beforeAll, describe, expect, it } from 'vitest';
import { ensureEarnRule, getEarnRule } from '~/modules/loyalty/index.server';
import { activateShop, ensureShop } from '~/modules/shops/index.server';
import { defaultSettings } from '~/modules/shops/types';
import { prisma, withShop } from '~/platform/db/index.server';
import { sessionStorage } from '~/platform/sessions/session-storage.server';
import { findMistakes, toDraft } from '~/ui/settings/settings-draft';
import { offlineSession } from '../factories/session';
import { sessionToken } from '../factories/session-token';
import { useTestDatabase } from '../setup/database';
import { answerOf, loadRoute } from './tenancy/answer';

useTestDatabase();

const domain = 'forms.myshopify.com';
const now = new Date('2026-05-03T12:00:00Z');
let shopId: number;
let profileId: bigint;

beforeAll(async () => {
  ({ id: shopId } = await ensureShop(prisma(), { domain, now }));
  await withShop(shopId, async (tx) => {
    await ensureEarnRule(tx, { shopId, now });
    await activateShop(tx, { shopId, now });
  });
  await sessionStorage.storeSession(offlineSession(domain));
  ({ id: profileId } = await prisma().profile.create({
    data: { shopId, email: 'anna@example.com', firstSeenAt: now },
  }));
});

/** What a page's action answers to a form, as App Bridge sends it. */
async function send(file: string, body: BodyInit, params: Record<string, string> = {}) {
  const shop = `https://${domain}`;
  const token = sessionToken({ iss: `${shop}/admin`, dest: shop, sub: '42', sid: 'y' });
  const headers = {
    authorization: `Bearer ${token}`,
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0',
  };
  const request = new Request('https://perennial.test/app', { method: 'POST', headers, body });
  const { action } = await loadRoute(file);
  const { status, body: text } = await answerOf(action, request, params);
  return { status, answer: JSON.parse(text) as unknown };
}

describe('what a form asks for and cannot be done stands at its field, and the form stays', () => {
  it('taking more points than there are', async () => {
    const form = { intent: 'adjust', key: 'a', points: '-10', reason: 'a mistake' };
    const params = { id: String(profileId) };
    expect(await send('app.customers.$id.tsx', new URLSearchParams(form), params)).toEqual({
      status: 422,
      answer: { errors: { points: 'This customer has no points to take away.' } },
    });
    // Nobody's page has such a customer: that is no mistake in the form.
    const gone = await send('app.customers.$id.tsx', new URLSearchParams(form), { id: '999999' });
    expect(gone.status).toBe(404);
  });

  it('a setting at the end of what it may be', async () => {
    const rule = await withShop(shopId, (tx) => getEarnRule(tx, { shopId, at: now }));
    const draft = toDraft(rule, defaultSettings);
    const tags = Array.from({ length: 51 }, (_, n) => `tag ${n}`).join(', ');
    for (const changes of [
      { pointsPerUnit: '1000.1' },
      { scope: 'tags' as const, tags },
      { scope: 'tags' as const, tags: 'x'.repeat(256) },
    ]) {
      const { status, answer } = await send('app.settings.tsx', JSON.stringify({ ...draft, ...changes }));
      expect({ status, answer }).toMatchObject({ status: 422, answer: { errors: {} } });
    }
    const most = { ...draft, pointsPerUnit: '1000', scope: 'tags' as const, tags: tags.slice(0, -8) };
    expect(findMistakes(most)).toHaveProperty('parsed');
    expect((await send('app.settings.tsx', JSON.stringify(most))).status).toBe(200);
  });
});
