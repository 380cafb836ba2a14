import { z } from 'zod';
import type { Amount } from '~/platform/money';
import { programmeTermsSchema, type ReferralProgramme } from './programme';

const amount = z.custom<Amount>((value) => value !== null && value !== undefined).transform(String);
const rowSchema = z.object({
  version: z.number(),
  offerValue: amount,
  minimumOrder: amount.nullable(),
  effectiveFrom: z.date(),
});

/** A version as the rest of the module knows it. */
export function readProgramme(row: unknown): ReferralProgramme {
  const { version, effectiveFrom, ...amounts } = rowSchema.parse(row);
  return { version, effectiveFrom, ...programmeTermsSchema.parse({ ...Object(row), ...amounts }) };
}
