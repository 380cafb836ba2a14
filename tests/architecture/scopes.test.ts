import { readFileSync } from 'node:fs';
import { parse } from 'smol-toml';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { listMissingScopes, optionalScopes } from '~/modules/loyalty/types';

it('what rewards need is asked for at install or is optional, as shopify.app.toml says', () => {
  const { access_scopes: asked } = z
    .object({ access_scopes: z.object({ scopes: z.string(), optional_scopes: z.array(z.string()) }) })
    .parse(parse(readFileSync('shopify.app.toml', 'utf8')));
  const atInstall = asked.scopes.split(',').map((scope) => scope.trim());
  expect([...asked.optional_scopes].sort()).toEqual([...optionalScopes].sort());
  expect(listMissingScopes(atInstall).map(({ kind }) => kind)).toEqual(['store_credit', 'gift_card']);
  expect(listMissingScopes([...atInstall, ...optionalScopes])).toEqual([]);
});
