import { z } from 'zod';
import { fillTemplate } from '~/emails/fill-template.server';
import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { mailHash } from './mail-hash.server';
import { markTest } from './mark-test';
import type { StoredMail } from './types';

const kindSchema = z.enum(['marketing', 'transactional', 'test']);
const varsSchema = z.record(z.string(), z.unknown());

/**
 * The mail exactly as it was sent, made again from its immutable template and the values kept with it; null when it was
 * never handed over or its values were erased. `asSent` says whether it is byte for byte what was sent; a link into the
 * portal is not kept, so of such a mail it says nothing. Throws not_found for a message of another shop.
 */
export async function renderStoredMessage(
  tx: Tx,
  input: { shopId: number; messageId: bigint },
): Promise<StoredMail | null> {
  const { shopId, messageId } = input;
  const message = await tx.message.findUnique({ where: { shopId_id: { shopId, id: messageId } } });
  if (!message) throw notFound('message');
  const vars = varsSchema.parse(message.vars);
  if (message.templateId === null || Object.keys(vars).length === 0) return null;
  const template = await tx.emailTemplate.findUnique({
    where: { shopId_id: { shopId, id: message.templateId } },
  });
  if (!template) return null;
  const { filled } = await fillTemplate({ template, items: [vars] });
  const [result] = filled;
  if (!result?.ok) return null;
  const mail = markTest(kindSchema.parse(message.kind), result.mail);
  const isWhole = message.contentHash !== null && message.templateKey !== 'affiliate_sign_in';
  return { ...mail, asSent: isWhole ? mailHash(mail) === message.contentHash : null };
}
