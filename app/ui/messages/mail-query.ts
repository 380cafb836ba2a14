import { z } from 'zod';
import { mailLocales, templateKeys } from '~/modules/messaging/types';

/** Which mail in which language a page is about, out of its address; what is none is the first reminder in English. */
export const mailQuerySchema = z.object({
  template: z.enum(templateKeys).default('abandoned_checkout.first').catch('abandoned_checkout.first'),
  language: z.enum(mailLocales).default('en').catch('en'),
});
