import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { chooseLocale } from './locale';
import { templateKeys, type MailLocale, type MessageKind, type TemplateKey } from './types';

/** What a link in a mail needs to know of it. */
export interface LinkedMessage {
  id: bigint;
  profileId: bigint;
  kind: MessageKind;
  /** Whether it went to a customer; otherwise it was a test, or to a partner. */
  toCustomer: boolean;
  templateKey: TemplateKey;
  locale: MailLocale;
  cartToken: string | null;
  /** Whether its recipient left through it. */
  unsubscribed: boolean;
}

const rowSchema = z.object({
  id: z.bigint(),
  profileId: z.bigint(),
  kind: z.enum(['marketing', 'transactional', 'test']),
  templateKey: z.enum(templateKeys),
  locale: z.string(),
  context: z.object({ cartToken: z.string().optional() }),
  unsubscribedAt: z.date().nullable(),
});

/** The mail of this shop with this token; null when there is none, or it is another shop's. */
export async function findMessageByToken(
  tx: Tx,
  input: { shopId: number; token: string },
): Promise<LinkedMessage | null> {
  const row = await tx.message.findFirst({ where: { shopId: input.shopId, token: input.token } });
  if (!row) return null;
  const { context, locale, unsubscribedAt, ...message } = rowSchema.parse(row);
  return {
    ...message,
    toCustomer: message.kind !== 'test' && message.profileId !== 0n,
    locale: chooseLocale([locale]).mail,
    cartToken: context.cartToken ?? null,
    unsubscribed: unsubscribedAt !== null,
  };
}
