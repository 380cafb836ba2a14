import { Liquid } from 'liquidjs';
import { z } from 'zod';
import { html } from '../http/html';

/** What the blocks use of Shopify's Liquid. All else fails when a block is read: what nobody has looked at is not played. */
const PLAYED_TAGS = new Set(['assign', 'comment', 'for', 'if', 'unless']);
const PLAYED_FILTERS = new Set(['default', 'escape']);

const SCHEMA = /\{% schema %\}([^]*)\{% endschema %\}/;

const settingInput = z.object({ id: z.string(), type: z.string(), default: z.unknown().optional() });
const schemaInput = z.object({ javascript: z.string(), settings: z.array(settingInput) });
type Setting = z.infer<typeof settingInput>;

export interface RenderedBlock {
  readonly html: string;
  /** The script Shopify puts on a page that shows the block. */
  readonly javascript: string;
}

export interface BlockSurroundings {
  readonly words: Record<string, unknown>;
  readonly assetUrl: (file: string) => string;
  /** Global objects of Shopify's Liquid; null is what a page has none of, e.g. a customer. */
  readonly objects: Readonly<Record<string, unknown>> & { readonly product: unknown };
}

/** A block of a theme app extension as Shopify would render it, with the settings a merchant finds. Throws for whatever is not played. */
export function renderLiquidBlock(source: string, surroundings: BlockSurroundings): RenderedBlock {
  const { objects } = surroundings;
  const schema = schemaInput.parse(JSON.parse(SCHEMA.exec(source)?.[1] ?? 'null'));
  const settings = Object.fromEntries(
    schema.settings.map((setting) => [setting.id, settingValue(setting, objects)]),
  );
  const block = { settings, shopify_attributes: '' }; // the theme editor's own, nothing elsewhere
  const rendered: unknown = createEngine(surroundings).parseAndRenderSync(source.replace(SCHEMA, ''), {
    ...objects,
    block,
  });
  return { html: String(rendered), javascript: schema.javascript };
}

function settingValue(setting: Setting, { product }: BlockSurroundings['objects']): unknown {
  if (setting.type === 'product') return product; // filled in by itself where the page has one
  return setting.default ?? (setting.type === 'text' ? '' : null);
}

function createEngine({ words, assetUrl }: BlockSurroundings): Liquid {
  const engine = new Liquid({ strictVariables: true, strictFilters: true, ownPropertyOnly: true });
  for (const name of Object.keys(engine.tags))
    if (!PLAYED_TAGS.has(name)) Reflect.deleteProperty(engine.tags, name);
  for (const name of Object.keys(engine.filters))
    if (!PLAYED_FILTERS.has(name)) Reflect.deleteProperty(engine.filters, name);
  engine.registerFilter('t', (key: string, ...given: [string, unknown][]) => translate(words, key, given));
  engine.registerFilter('asset_url', assetUrl);
  engine.registerFilter(
    'stylesheet_tag',
    (url: string) => html`<link href="${url}" rel="stylesheet" />`.text,
  );
  engine.registerFilter('json', (value: unknown) =>
    JSON.stringify(value).replaceAll(
      /[<>&]/g,
      (sign) => `\\u00${sign.charCodeAt(0).toString(16).padStart(2, '0')}`,
    ),
  );
  return engine;
}

/** A text of the locales with its values in it. Throws when it is not there, wants what was not given, or has no place for it. */
function translate(words: Record<string, unknown>, key: string, given: readonly [string, unknown][]): string {
  const text = key
    .split('.')
    .reduce<unknown>((found, name) => z.record(z.string(), z.unknown()).catch({}).parse(found)[name], words);
  if (typeof text !== 'string') throw new Error(`The locales have no "${key}".`);
  return given
    .reduce((filled, [name, value]) => {
      const place = `{{ ${name} }}`;
      if (!filled.includes(place)) throw new Error(`"${key}" has no ${place}.`);
      return filled.replaceAll(place, html`${String(value)}`.text);
    }, text)
    .replaceAll(/\{\{.*?\}\}/g, (place) => {
      throw new Error(`"${key}" wants ${place}.`);
    });
}
