import type { Tx } from '~/platform/db/index.server';

/** What a checkout said last about e-mails. */
export interface Agreement {
  token: string;
  email: string | null;
  agrees: boolean;
  saidAt: Date;
}

/** What these checkouts say about e-mails now, whatever order they were told in. Those nobody told of are left out. */
export async function listAgreements(
  tx: Tx,
  input: { shopId: number; tokens: string[] },
): Promise<Agreement[]> {
  if (input.tokens.length === 0) return [];
  return tx.$queryRaw<Agreement[]>`
    SELECT token, email, accepts_marketing AS agrees, last_activity_at AS "saidAt" FROM carts
    WHERE shop_id = ${input.shopId} AND token = ANY(${input.tokens}::text[])`;
}
