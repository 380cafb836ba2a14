import { listCartsForMail } from '~/modules/carts/index.server';
import { recomputeTraits, recordTimeline } from '~/modules/customers/index.server';
import { recordClick } from '~/modules/messaging/index.server';
import type { Tx } from '~/platform/db/index.server';
import { withLinkedMail, type LinkedMail } from './linked-mail.server';

/**
 * Somebody followed a link of a mail: notes the first click and returns where it goes. Links name what they mean (`cart`,
 * `shop`), never an address, so there is nothing to redirect elsewhere. Null when no mail has this token.
 */
export async function followMailLink(
  token: string,
  input: { target: 'cart' | 'shop'; count: boolean; now: Date },
): Promise<string | null> {
  return withLinkedMail(token, async (tx, mail) => {
    if (input.count) await noteClick(tx, mail, input.now);
    return input.target === 'cart' ? cartAddress(tx, mail) : mail.brand.url;
  });
}

async function noteClick(tx: Tx, mail: LinkedMail, now: Date): Promise<void> {
  const { shopId, message } = mail;
  const { first } = await recordClick(tx, { shopId, messageId: message.id, now });
  if (!first || !message.toCustomer) return;
  const { id, profileId, templateKey } = message;
  const data = { messageId: id.toString(), templateKey };
  await recordTimeline(tx, {
    shopId,
    events: [{ profileId, kind: 'email_clicked', key: id.toString(), occurredAt: now, data }],
  });
  await recomputeTraits(tx, { shopId, profileIds: [profileId], now });
}

/** Shopify's own recovery address; the shop when the cart is gone or was a made-up one. */
async function cartAddress(tx: Tx, mail: LinkedMail): Promise<string> {
  const { shopId, message, brand } = mail;
  if (!message.cartToken) return brand.url;
  const [cart] = await listCartsForMail(tx, { shopId, tokens: [message.cartToken] });
  const address = cart?.recoveryUrl && URL.canParse(cart.recoveryUrl) ? new URL(cart.recoveryUrl) : null;
  return address && /^https?:$/.test(address.protocol) ? address.toString() : brand.url;
}
