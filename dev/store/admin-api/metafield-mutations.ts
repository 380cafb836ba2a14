import { z } from 'zod';
import { fromGid } from '../state/ids';
import type { Metafield } from '../state/model';
import { badRequest } from './connection';
import type { ApiContext, Arguments, View } from './context';
import { userErrors, type UserError } from './user-errors';
import { appNamespace, compareDigest, metafieldView } from './views/metafield';

const metafieldsSchema = z.object({
  metafields: z.array(
    z.object({
      ownerId: z.string(),
      namespace: z.string().nullish(),
      key: z.string(),
      type: z.string().nullish(),
      value: z.string(),
      compareDigest: z.string().nullish(),
    }),
  ),
});
const OWNER_KINDS = ['Customer', 'Order', 'Product', 'ProductVariant', 'Shop', 'AppInstallation'] as const;
const MAX_METAFIELDS = 25;

function ownerTypeOf(gid: string): string {
  const kind = OWNER_KINDS.find((candidate) => gid.startsWith(`gid://shopify/${candidate}/`));
  if (kind === undefined) throw badRequest(`The stand-in does not implement metafields of ${gid}.`);
  return kind === 'AppInstallation' ? 'APP_INSTALLATION' : kind.toUpperCase();
}

/** What the real one says of a value that its type does not allow; types other than these two are not checked. */
function findValueMistake(type: string | undefined, value: string): { message: string; code: string } | null {
  if (value === '') return { message: "Value can't be blank", code: 'BLANK' };
  if (type === 'number_integer' && !/^-?\d+$/.test(value))
    return { message: 'Value must be an integer.', code: 'INVALID_VALUE' };
  if (type === 'single_line_text_field' && value.includes('\n'))
    return { message: "Value can't include a new line.", code: 'INVALID_VALUE' };
  return null;
}

/** All or nothing, and only over the value the caller has seen (`compareDigest`), as Shopify does it. */
export function setMetafields(api: ApiContext, args: Arguments): View {
  const { metafields } = metafieldsSchema.parse(args);
  const refuse = (errors: readonly UserError[]): View => ({
    __typename: 'MetafieldsSetPayload',
    metafields: null,
    userErrors: userErrors('MetafieldsSetUserError', errors),
  });
  if (metafields.length > MAX_METAFIELDS) {
    return refuse([
      {
        field: ['metafields'],
        message: `Exceeded the maximum metafields input limit of ${MAX_METAFIELDS}.`,
        code: 'LESS_THAN_OR_EQUAL_TO',
      },
    ]);
  }
  const planned = metafields.map((input) => {
    const namespace = appNamespace(input.namespace);
    const held = api.shop.metafields.find(
      (field) => field.ownerGid === input.ownerId && field.namespace === namespace && field.key === input.key,
    );
    return { input, namespace, held: held ?? null, ownerType: ownerTypeOf(input.ownerId) };
  });
  const errors = planned.flatMap(({ input, held, namespace, ownerType }, index): UserError[] => {
    const at = ['metafields', index.toString()];
    const isOwnerMissing =
      ownerType === 'CUSTOMER' &&
      !api.shop.customers.some(({ id }) => id === fromGid('Customer', input.ownerId));
    if (isOwnerMissing)
      return [{ field: [...at, 'ownerId'], message: 'Owner does not exist.', code: 'INVALID' }];
    const type =
      input.type ??
      held?.type ??
      api.shop.metafieldDefinitions.find(
        (one) => one.ownerType === ownerType && one.namespace === namespace && one.key === input.key,
      )?.type;
    const mistake = findValueMistake(type, input.value);
    if (mistake !== null) return [{ field: [...at, 'value'], ...mistake }];
    if (type === undefined)
      return [{ field: [...at, 'type'], message: "Type can't be blank", code: 'BLANK' }];
    const isStale =
      input.compareDigest != null && (held === null || compareDigest(held) !== input.compareDigest);
    return isStale
      ? [
          {
            field: at,
            message:
              'The resource has been updated since it was loaded. Try again with an updated `compareDigest` value.',
            code: 'STALE_OBJECT',
          },
        ]
      : [];
  });
  if (errors.length > 0) return refuse(errors);
  const now = api.store.clock.iso();
  const written = planned.map(({ input, namespace, held, ownerType }) => {
    const field: Metafield = held ?? {
      id: api.store.takeId('Metafield'),
      ownerGid: input.ownerId,
      namespace,
      key: input.key,
      type: input.type ?? '',
      value: input.value,
      createdAt: now,
      updatedAt: now,
    };
    field.value = input.value;
    field.type = input.type ?? field.type;
    field.updatedAt = now;
    if (held === null) api.shop.metafields.push(field);
    return metafieldView(field, ownerType);
  });
  api.store.touch();
  return { __typename: 'MetafieldsSetPayload', metafields: written, userErrors: [] };
}

const identifiersSchema = z.object({
  metafields: z.array(z.object({ ownerId: z.string(), namespace: z.string(), key: z.string() })),
});

/** What is not there is no mistake: null stands in its place. */
export function deleteMetafields(api: ApiContext, args: Arguments): View {
  const { metafields } = identifiersSchema.parse(args);
  const deleted = metafields.map((wanted) => {
    const namespace = appNamespace(wanted.namespace);
    const at = api.shop.metafields.findIndex(
      (field) =>
        field.ownerGid === wanted.ownerId && field.namespace === namespace && field.key === wanted.key,
    );
    if (at === -1) return null;
    api.shop.metafields.splice(at, 1);
    return { __typename: 'MetafieldIdentifier', ownerId: wanted.ownerId, namespace, key: wanted.key };
  });
  api.store.touch();
  return { __typename: 'MetafieldsDeletePayload', deletedMetafields: deleted, userErrors: [] };
}

const definitionSchema = z.object({
  definition: z.object({
    namespace: z.string().nullish(),
    key: z.string(),
    ownerType: z.string(),
    type: z.string(),
    name: z.string(),
    access: z.object({ storefront: z.string().nullish(), admin: z.string().nullish() }).nullish(),
  }),
});

/** `metafieldDefinitionCreate`; the definition itself is not answered. */
export function defineMetafield(api: ApiContext, args: Arguments): View {
  const { definition } = definitionSchema.parse(args);
  const answer = (errors: readonly UserError[]): View => ({
    __typename: 'MetafieldDefinitionCreatePayload',
    createdDefinition: null,
    userErrors: userErrors('MetafieldDefinitionCreateUserError', errors),
  });
  const { ownerType, key, type } = definition;
  const namespace = appNamespace(definition.namespace);
  const isOurs = namespace.startsWith('app--');
  const mistake = (): UserError | null => {
    if (!/^[\w-]{2,64}$/.test(key))
      return {
        field: ['definition', 'key'],
        message: 'Key contains one or more invalid characters.',
        code: 'INVALID_CHARACTER',
      };
    if (definition.access?.admin != null && !isOurs)
      return {
        field: ['definition', 'access', 'admin'],
        message: 'Admin access can only be specified for app-owned metafield definitions.',
        code: 'ADMIN_ACCESS_INPUT_NOT_ALLOWED',
      };
    const isTaken = api.shop.metafieldDefinitions.some(
      (one) => one.ownerType === ownerType && one.namespace === namespace && one.key === key,
    );
    return isTaken
      ? {
          field: ['definition', 'key'],
          message: 'Key is in use for Customer metafields on the namespace.',
          code: 'TAKEN',
        }
      : null;
  };
  const found = mistake();
  if (found !== null) return answer([found]);
  const storefront = definition.access?.storefront === 'PUBLIC_READ';
  api.shop.metafieldDefinitions.push({ ownerType, namespace, key, type, storefront });
  api.store.touch();
  return answer([]);
}
