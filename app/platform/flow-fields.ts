import { z } from 'zod';

// Parts of what Shopify Flow sends, with the words its merchant reads.

/** Of one run of one step: sent again, it is the same run. */
export const flowRunId = z
  .union([z.string().min(1).max(150), z.int()], { error: 'Shopify Flow did not name the run of this step.' })
  .transform(String);

/** A customer, as a number or a gid. */
export const flowCustomerId = z
  .union([z.string(), z.int()], { error: 'The step needs a customer.' })
  .transform((value) => String(value).replace('gid://shopify/Customer/', ''))
  .pipe(z.string().regex(/^\d{1,18}$/, { error: 'The step needs a customer.' }))
  .transform((digits) => BigInt(digits));
