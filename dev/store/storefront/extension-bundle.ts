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

export const extensionNames = ['loyalty-checkout', 'loyalty-account', 'loyalty-order'] as const;
export type ExtensionName = (typeof extensionNames)[number];

function bundleFile(options: StoreOptions, name: ExtensionName): string {
  return join(options.extensionsDir, name, 'dist', `${name}.js`);
}

export function findExtensionBundle(options: StoreOptions, name: ExtensionName): string | null {
  const file = bundleFile(options, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

export function hasExtensionBundle(options: StoreOptions, name: ExtensionName): boolean {
  return existsSync(bundleFile(options, name));
}

/** The extension's texts in the buyer's language, over those of its default language. */
export function readTranslations(
  options: StoreOptions,
  name: ExtensionName | 'storefront',
  locale: string,
): Record<string, unknown> {
  const folder = join(options.extensionsDir, name, 'locales');
  if (!existsSync(folder)) return {};
  const read = (test: (file: string) => boolean): Record<string, unknown> => {
    const file = readdirSync(folder).find(test);
    return file === undefined
      ? {}
      : z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  };
  const language = locale.split('-')[0] ?? locale;
  return {
    ...read((file) => file.endsWith('.default.json')),
    ...read((file) => file === `${language}.json` || file === `${language}.default.json`),
  };
}

/** Settings as a merchant would have left them: the defaults, and the app's address where a field asks for it. */
export function readSettings(options: StoreOptions, name: ExtensionName): Record<string, unknown> {
  const file = join(options.extensionsDir, name, 'shopify.extension.toml');
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
