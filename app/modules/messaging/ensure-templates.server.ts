import { renderTemplate } from '~/emails/render-template.server';
import { contentHash } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';
import { remember } from '~/platform/remember.server';
import { listOwnWords } from './list-own-words.server';
import type { MailLocale, RenderedMail, TemplateKey } from './types';

declare global {
  interface PerennialSingletons {
    renderedTemplates: Map<string, Rendered>;
  }
}

interface Rendered {
  hash: string;
  template: RenderedMail;
}

export interface TemplateVersion {
  id: bigint;
  template: RenderedMail;
}

interface Wanted {
  key: TemplateKey;
  locale: MailLocale;
}

const cacheSize = 500;

/**
 * The current version of each template in each language, stored so that what was sent with it can be shown for ever.
 * Idempotent: a version is its content. React runs once per version and process; after that this is two queries.
 */
export async function ensureTemplates(
  tx: Tx,
  input: { shopId: number; wanted: Wanted[]; now: Date },
): Promise<Map<string, TemplateVersion>> {
  const { shopId, now } = input;
  const wanted = [...new Map(input.wanted.map((want) => [templateName(want), want])).values()];
  if (wanted.length === 0) return new Map();
  const own = await listOwnWords(tx, { shopId });
  const rendered = await Promise.all(
    wanted.map(async (want) => ({
      ...want,
      ...(await renderOnce(want, own.get(templateName(want))?.words)),
    })),
  );
  const rows = rendered.map(({ key, locale, hash, template }) => ({
    ...{ key, locale, hash, ...template },
    words_version: own.get(templateName({ key, locale }))?.version ?? null,
  }));
  const json = JSON.stringify(rows);
  const find = () => tx.$queryRaw<{ id: bigint; key: TemplateKey; locale: MailLocale }[]>`
    SELECT t.id, t.key, t.locale FROM email_templates t
    JOIN jsonb_to_recordset(${json}::jsonb) AS r(key text, locale text, hash text) USING (key, locale, hash)
    WHERE t.shop_id = ${shopId}`;
  let stored = await find();
  if (stored.length < wanted.length) {
    await tx.$executeRaw`
      INSERT INTO email_templates (shop_id, key, locale, hash, subject, html, text, words_version, created_at)
      SELECT ${shopId}, r.key, r.locale, r.hash, r.subject, r.html, r.text, r.words_version, ${now}
      FROM jsonb_to_recordset(${json}::jsonb)
        AS r(key text, locale text, hash text, subject text, html text, text text, words_version int)
      ORDER BY r.key, r.locale -- the same way for all who store them at once: nobody waits for somebody who waits for them
      ON CONFLICT (shop_id, key, locale, hash) DO NOTHING`;
    stored = await find();
  }
  const ids = new Map(stored.map((row) => [templateName(row), row.id]));
  return new Map(
    rendered.flatMap((one) => {
      const id = ids.get(templateName(one));
      return id === undefined ? [] : [[templateName(one), { id, template: one.template }]];
    }),
  );
}

/** How templates are called in the map above. */
export function templateName(want: Wanted): string {
  return `${want.key}|${want.locale}`;
}

async function renderOnce(
  want: Wanted,
  words: Parameters<typeof renderTemplate>[0]['words'],
): Promise<Rendered> {
  const cache = remember('renderedTemplates', () => new Map());
  const name = `${templateName(want)}|${words ? JSON.stringify(words) : ''}`;
  const known = cache.get(name);
  if (known) return known;
  const template = await renderTemplate({ ...want, words });
  const fresh = {
    hash: contentHash(JSON.stringify([template.subject, template.html, template.text])),
    template,
  };
  if (cache.size >= cacheSize) cache.clear();
  cache.set(name, fresh);
  return fresh;
}
