import { z } from 'zod';

// Fields of forms, as text, and what they mean.

/** A whole number within bounds. */
export const wholeNumber = (from: number, to: number, error: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,8}$/, { error })
    .transform(Number)
    .refine((number) => number >= from && number <= to, { error });

/** Nothing, or what the schema asks for. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.union([
    z
      .string()
      .regex(/^\s*$/)
      .transform(() => null),
    schema,
  ]);

/** An amount above 0, with a point or a comma. */
export const amount = (error: string) =>
  z
    .string()
    .trim()
    .transform((value) => value.replace(',', '.'))
    .pipe(z.string().regex(/^\d{1,9}(\.\d{1,2})?$/, { error }))
    .refine((value) => Number(value) > 0, { error });

/** A draft with what is not shown in it made harmless: nobody could correct it. `when` says which drafts do not show it. */
export function withoutHidden(draft: unknown, when: z.ZodType, harmless: object): unknown {
  return when.safeParse(draft).success ? Object.assign({}, draft, harmless) : draft;
}

/** The first mistake of each field. */
export function firstErrors(error: z.ZodError): Record<string, string> {
  return Object.fromEntries(error.issues.toReversed().map(({ path, message }) => [String(path[0]), message]));
}
