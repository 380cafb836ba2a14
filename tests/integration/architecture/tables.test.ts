import { describe, expect, it } from 'vitest';
import { prisma } from '~/platform/db/index.server';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

describe('tables of a shop', () => {
  it('all have row-level security and the tenant policy', async () => {
    const unprotected = await prisma().$queryRaw<{ name: string }[]>`
      SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'shop_id' AND a.attnum > 0
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
        AND NOT (c.relrowsecurity AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'tenant' AND p.polwithcheck IS NOT NULL))`;
    expect(unprotected).toEqual([]);
  });

  it('have shop_id first in their primary key', async () => {
    const other = await prisma().$queryRaw<{ name: string }[]>`
      SELECT c.relname AS name FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'shop_id' AND a.attnum > 0
      JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
      WHERE c.relnamespace = 'public'::regnamespace AND i.indkey[0] <> a.attnum`;
    expect(other).toEqual([]);
  });

  it('have shop_id first in every other index too, or it serves the whole installation and is on this list', async () => {
    const acrossShops = ['affiliate_programmes_by_token', 'affiliates_by_link', 'messages_by_token'];
    const other = await prisma().$queryRaw<{ name: string }[]>`
      SELECT ic.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class ic ON ic.oid = i.indexrelid
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'shop_id' AND a.attnum > 0
      WHERE c.relnamespace = 'public'::regnamespace AND i.indkey[0] <> a.attnum ORDER BY 1`;
    expect(other.map((index) => index.name)).toEqual(acrossShops);
  });

  it('carry shop_id in every foreign key, so that no row can point into another shop', async () => {
    const narrow = await prisma().$queryRaw<{ name: string }[]>`
      SELECT conname AS name FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attname = 'shop_id'
      WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace AND NOT (a.attnum = ANY (k.conkey))`;
    expect(narrow).toEqual([]);
  });
});
