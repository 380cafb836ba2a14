import { parsePhoneNumberFromString, isSupportedCountry } from 'libphonenumber-js';
import { z } from 'zod';

// The pieces payload schemas are made of. Shopify leaves fields out, sends null, and sends [] for an empty address: only
// what a fact can't be made without is required.

const gid = /^gid:\/\/shopify\/[A-Za-z]+\/(\d+)(?:\?.*)?$/;
const digits = /^\d+$/;
const amount = /^-?\d+(\.\d+)?$/;
const years = { from: Date.UTC(1970, 0), to: Date.UTC(2200, 0) };

/** A Shopify id, given as `gid://shopify/Order/1`, as digits or as a number that is still exact. */
export const shopifyId = z.union([z.string(), z.number()]).transform((value, context): bigint => {
  const text = String(value);
  const found = gid.exec(text)?.[1] ?? (digits.test(text) ? text : null);
  if (found !== null && (typeof value === 'string' || Number.isSafeInteger(value))) return BigInt(found);
  context.addIssue({ code: 'custom', message: 'not a Shopify id' });
  return z.NEVER;
});

export const optionalId = shopifyId.nullish().transform((value) => value ?? null);

/** The id of the resource itself: `admin_graphql_api_id` when it is there, because a bare number may have lost digits. */
export function ownId(resource: { id?: bigint | null; admin_graphql_api_id?: bigint | null }): bigint | null {
  return resource.admin_graphql_api_id ?? resource.id ?? null;
}

export const identity = { id: optionalId, admin_graphql_api_id: optionalId };

/** Text, null when empty or missing. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value?.trim() || null);

export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

export const count = z.coerce.number().int();

/** An amount as a decimal string. Shopify sends strings, and numbers here and there. */
const money = z.union([z.string(), z.number()]).transform((value, context): string => {
  const plain = String(value).trim();
  if (amount.test(plain)) return plain;
  context.addIssue({ code: 'custom', message: 'not an amount' });
  return z.NEVER;
});

export const optionalMoney = money.nullish().transform((value) => value ?? null);

const moneyOf = z.object({ amount: money, currency_code: z.string() });

export const moneyBag = z
  .object({ shop_money: moneyOf, presentment_money: moneyOf.nullish() })
  .nullish()
  .transform((value) => value ?? null);

type MoneyBag = z.infer<typeof moneyBag>;

/** The amount in shop currency: from the `_set` when present, else the plain field, else 0. */
export function shopMoney(bag: MoneyBag, plain: string | null): string {
  return bag?.shop_money.amount ?? plain ?? '0';
}

export function presentmentMoney(bag: MoneyBag, plain: string | null): string {
  return bag?.presentment_money?.amount ?? plain ?? bag?.shop_money.amount ?? '0';
}

/** A moment, as Shopify writes it (ISO 8601 with an offset). */
export const moment = z.string().transform((value, context): Date => {
  const time = Date.parse(value);
  if (time >= years.from && time < years.to) return new Date(time);
  context.addIssue({ code: 'custom', message: 'not a date' });
  return z.NEVER;
});

export const optionalMoment = moment.nullish().transform((value) => value ?? null);

/** `"a, b"` or `["a", "b"]` as a list without empty or repeated entries. */
export const tagList = z
  .union([z.string(), z.array(z.string())])
  .nullish()
  .transform((value) => {
    const tags = typeof value === 'string' ? value.split(',') : (value ?? []);
    return [...new Set(tags.map((tag) => tag.trim()).filter(Boolean))];
  });

/** Trimmed and in lower case; null for what can't be an address. */
export function normaliseEmail(email: string | null | undefined): string | null {
  const plain = email?.trim().toLowerCase() ?? '';
  return plain.length <= 320 && /^[^\s@]+@[^\s@]+$/.test(plain) ? plain : null;
}

/** E.164; null for what is no number, or a national one from nowhere. `country` is where a number without prefix belongs. */
export function normalisePhone(
  phone: string | null | undefined,
  country: string | null = null,
): string | null {
  if (!phone) return null;
  const home = country !== null && isSupportedCountry(country) ? country : undefined;
  const parsed = parsePhoneNumberFromString(phone, home);
  return parsed?.isValid() ? parsed.number : null;
}

/** An address; Shopify sends `[]` for none. */
export const address = z
  .union([
    z.object({
      first_name: text,
      last_name: text,
      address1: text,
      address2: text,
      zip: text,
      city: text,
      country_code: text,
    }),
    z.array(z.unknown()).transform(() => null),
  ])
  .nullish()
  .transform((value) => value ?? null);
