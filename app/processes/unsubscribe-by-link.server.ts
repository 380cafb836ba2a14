import { getConsent, subscribe, unsubscribe } from '~/modules/consent/index.server';
import { recomputeTraits, recordTimeline } from '~/modules/customers/index.server';
import { exitRuns } from '~/modules/flows/index.server';
import { recordUnsubscription } from '~/modules/messaging/index.server';
import type { MailLocale } from '~/modules/messaging/types';
import type { Tx } from '~/platform/db/index.server';
import { withLinkedMail, type LinkedMail } from './linked-mail.server';

/** What a person sees who followed the unsubscribe link of a mail. */
export interface SubscriptionPage {
  view: 'ask' | 'done' | 'kept' | 'already-off' | 'test';
  locale: MailLocale;
  brand: LinkedMail['brand'];
}

/** The page behind the link: shows how things stand and changes nothing, because scanners open links, too. */
export async function showSubscription(token: string): Promise<SubscriptionPage | null> {
  return withLinkedMail(token, async (tx, mail) => {
    if (!mail.message.toCustomer) return notForCustomers(mail);
    const { state } = await getConsent(tx, { shopId: mail.shopId, profileId: mail.message.profileId });
    return page(mail, state === 'subscribed' ? 'ask' : 'already-off');
  });
}

/**
 * The recipient of a mail wants no more of them. Takes effect in one transaction with the evidence, the news for Shopify,
 * the end of their flows and their timeline; doing it again changes nothing and answers the same.
 */
export async function unsubscribeByLink(
  token: string,
  input: { source: 'unsubscribe_link' | 'one_click'; now: Date },
): Promise<SubscriptionPage | null> {
  return withLinkedMail(token, async (tx, mail) => {
    if (!mail.message.toCustomer) return notForCustomers(mail);
    const { changed } = await unsubscribe(tx, decision(mail, input));
    if (changed) {
      const { shopId, message } = mail;
      await recordUnsubscription(tx, { shopId, messageId: message.id, now: input.now });
      await exitRuns(tx, { shopId, profileIds: [message.profileId], event: 'unsubscribed', now: input.now });
      await note(tx, mail, { ...input, state: 'unsubscribed' });
    }
    return page(mail, 'done');
  });
}

/** "Keep me subscribed": takes back an unsubscription made through a link. Subscribes nobody who was not subscribed before. */
export async function staySubscribedByLink(
  token: string,
  input: { now: Date },
): Promise<SubscriptionPage | null> {
  return withLinkedMail(token, async (tx, mail) => {
    if (!mail.message.toCustomer) return notForCustomers(mail);
    const { shopId, message } = mail;
    const { state, source } = await getConsent(tx, { shopId, profileId: message.profileId });
    if (state === 'subscribed') return page(mail, 'kept');
    const byLink = source === 'unsubscribe_link' || source === 'one_click';
    if (state !== 'unsubscribed' || !byLink || !message.unsubscribed) return page(mail, 'already-off');
    const taken = { source: 'unsubscribe_link' as const, now: input.now };
    await subscribe(tx, { ...decision(mail, taken), key: `link-back:${message.id}:${input.now.getTime()}` });
    await note(tx, mail, { ...taken, state: 'subscribed' });
    return page(mail, 'kept');
  });
}

/** A test, or a mail to a partner: nobody's subscription. */
function notForCustomers(mail: LinkedMail): SubscriptionPage {
  return page(mail, mail.message.kind === 'test' ? 'test' : 'already-off');
}

interface Told {
  source: 'unsubscribe_link' | 'one_click';
  now: Date;
}

function decision(mail: LinkedMail, told: Told) {
  const { shopId, message } = mail;
  return {
    shopId,
    profileId: message.profileId,
    source: told.source,
    key: keyOf(mail, told),
    evidence: { messageId: message.id.toString(), templateKey: message.templateKey },
    now: told.now,
  };
}

function keyOf(mail: LinkedMail, told: Told): string {
  return `link:${mail.message.id}:${told.now.getTime()}`;
}

async function note(tx: Tx, mail: LinkedMail, told: Told & { state: string }): Promise<void> {
  const { shopId, message } = mail;
  const { profileId } = message;
  const event = {
    profileId,
    kind: 'consent_changed' as const,
    key: `${keyOf(mail, told)}:${told.state}`,
    occurredAt: told.now,
    data: { state: told.state, source: told.source, messageId: message.id.toString() },
  };
  await recordTimeline(tx, { shopId, events: [event] });
  await recomputeTraits(tx, { shopId, profileIds: [profileId], now: told.now });
}

function page(mail: LinkedMail, view: SubscriptionPage['view']): SubscriptionPage {
  return { view, locale: mail.message.locale, brand: mail.brand };
}
