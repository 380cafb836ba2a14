import { createHash } from 'node:crypto';
import { z } from 'zod';
import { toGid } from '../../state/ids';
import type { Metafield } from '../../state/model';
import { connect } from '../connection';
import type { ApiContext, Arguments, View } from '../context';

const oneSchema = z.object({ namespace: z.string().nullish(), key: z.string() });
const manySchema = z.object({ namespace: z.string().nullish(), keys: z.array(z.string()).nullish() });

export function compareDigest(metafield: Metafield): string {
  return createHash('sha256').update(metafield.value).digest('hex');
}

export function appNamespace(namespace: string | null | undefined): string {
  return (namespace ?? '$app').replace(/^\$app:/, 'app--1--').replace('$app', 'app--1');
}

function jsonValue(metafield: Metafield): unknown {
  return metafield.type === 'json' || metafield.type.startsWith('number') || metafield.type === 'boolean'
    ? JSON.parse(metafield.value)
    : metafield.value;
}

export function metafieldView(metafield: Metafield, ownerType: string): View {
  return {
    __typename: 'Metafield',
    id: toGid('Metafield', metafield.id),
    legacyResourceId: metafield.id.toString(),
    namespace: metafield.namespace,
    key: metafield.key,
    type: metafield.type,
    value: metafield.value,
    jsonValue: () => jsonValue(metafield),
    ownerType,
    compareDigest: compareDigest(metafield),
    sizeInBytes: Buffer.byteLength(metafield.value),
    createdAt: metafield.createdAt,
    updatedAt: metafield.updatedAt,
  };
}

/** The `metafield` and `metafields` fields of an owner. */
export function metafieldFields(api: ApiContext, ownerGid: string, ownerType: string) {
  const own = () => api.shop.metafields.filter((metafield) => metafield.ownerGid === ownerGid);
  return {
    metafield: (args: Arguments) => {
      const wanted = oneSchema.parse(args);
      const found = own().find(
        ({ namespace, key }) => namespace === appNamespace(wanted.namespace) && key === wanted.key,
      );
      return found === undefined ? null : metafieldView(found, ownerType);
    },
    metafields: (args: Arguments) => {
      const wanted = manySchema.parse(args);
      const matching = own().filter(
        ({ namespace, key }) =>
          (wanted.namespace == null || namespace === appNamespace(wanted.namespace)) &&
          (wanted.keys == null || wanted.keys.some((full) => full === key || full === `${namespace}.${key}`)),
      );
      return connect(api, 'Metafield', args, matching, (metafield) => metafieldView(metafield, ownerType));
    },
  };
}
