import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import type { StoreOptions } from '../options';

const tomlSchema = z.object({
  extensions: z.array(
    z.object({
      handle: z.string().optional(),
      settings: z
        .object({
          fields: z.array(z.object({ key: z.string(), default: z.unknown().optional() })).default([]),
        })
        .optional(),
    }),
  ),
});

const BUNDLE = join('dist', 'loyalty-checkout.js');

export function findExtensionBundle(options: StoreOptions): string | null {
  const file = join(options.checkoutExtensionDir, BUNDLE);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

export function hasExtensionBundle(options: StoreOptions): boolean {
  return existsSync(join(options.checkoutExtensionDir, BUNDLE));
}

/** The extension's texts in the buyer's language, over those of its default language. */
export function readTranslations(options: StoreOptions, locale: string): Record<string, unknown> {
  const folder = join(options.checkoutExtensionDir, 'locales');
  if (!existsSync(folder)) return {};
  const read = (test: (name: string) => boolean): Record<string, unknown> => {
    const name = readdirSync(folder).find(test);
    return name === undefined
      ? {}
      : z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
  };
  const language = locale.split('-')[0] ?? locale;
  return {
    ...read((name) => name.endsWith('.default.json')),
    ...read((name) => name === `${language}.json` || name === `${language}.default.json`),
  };
}

/** Settings as a merchant would have left them: the defaults, and the app's address where a field asks for it. */
export function readSettings(options: StoreOptions): Record<string, unknown> {
  const file = join(options.checkoutExtensionDir, 'shopify.extension.toml');
  if (!existsSync(file)) return {};
  const { extensions } = tomlSchema.parse(parse(readFileSync(file, 'utf8')));
  const fields = extensions.flatMap(({ settings }) => settings?.fields ?? []);
  return Object.fromEntries(
    fields.map(({ key, default: value }) => [
      key,
      /(app|api|server)_?(url|origin|host)/.test(key) ? options.appUrl : value,
    ]),
  );
}
