import type { Tx } from '~/platform/db/index.server';
import type { MailLocale, TemplateKey, TemplatePreview } from './types';

/** How a mail looks with the shop's brand and a made-up customer (or a real one's name). Sends nothing. */
export async function previewTemplate(
  _tx: Tx,
  _input: { shopId: number; templateKey: TemplateKey; locale: MailLocale; sampleProfileId?: bigint },
): Promise<TemplatePreview> {
  throw new Error('not written yet');
}
