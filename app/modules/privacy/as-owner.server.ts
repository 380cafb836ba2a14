import type { Tx } from '~/platform/db/index.server';

/**
 * Runs `work` with the rights of the database's owner inside a tenant's transaction, and takes the tenant's role on again.
 * Row-level security does not hold meanwhile, so every statement in `work` names its shop. The documented exception to
 * "tenant work sees its own rows only": what is deleted here lies in tables a tenant must never see.
 */
export async function asOwner<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await tx.$queryRaw`SELECT set_config('role', 'none', true)`;
  // No `finally`: a statement that failed has already ended the transaction, and with it the role.
  const result = await work();
  await tx.$queryRaw`SELECT set_config('role', 'perennial_tenant', true)`;
  return result;
}
