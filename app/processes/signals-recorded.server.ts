import { listEntryNews } from '~/modules/loyalty/index.server';
import type { EntryNews, StandingChange } from '~/modules/loyalty/types';
import { listSignalUses, recordSignals } from '~/modules/signals/index.server';
import type { SignalInput } from '~/modules/signals/types';
import type { Tx } from '~/platform/db/index.server';

/**
 * What moved people is written down for Shopify Flow, where workflows begin with it, and only what happened since they do: an
 * import of old orders starts nothing. A shop without such workflows pays one small query. In the transaction that takes the
 * changes.
 */
export async function signalsRecorded(
  tx: Tx,
  { shopId, changes, now }: { shopId: number; changes: StandingChange[]; now: Date },
): Promise<void> {
  const uses = await listSignalUses(tx, { shopId });
  if (uses.size === 0 || changes.length === 0) return;
  const transactionIds = changes.flatMap(({ transactionId }) => transactionId ?? []);
  const news = await listEntryNews(tx, { shopId, transactionIds });
  const signals = [...news.flatMap(ofEntry), ...changes.flatMap(ofTier)].filter(({ handle, occurredAt }) => {
    const since = uses.get(handle);
    return since !== undefined && occurredAt >= since;
  });
  await recordSignals(tx, { shopId, signals, now });
}

/** Fields are those of `extensions/flow-*`; a test holds the two together. */
function ofEntry(news: EntryNews): SignalInput[] {
  const { transactionId, profileId, occurredAt, points, balance, order, reward, what } = news;
  const cause = { key: String(transactionId), profileId, occurredAt };
  const earned: SignalInput = {
    ...cause,
    handle: 'loyalty-points-earned',
    fields: { Points: points, Balance: balance, Order: order ?? '' },
  };
  switch (what) {
    case 'points_earned':
      return [earned];
    case 'referral_qualified':
      return [
        earned,
        { ...cause, handle: 'referral-qualified', fields: { Points: points, Balance: balance } },
      ];
    case 'reward_redeemed':
      return [
        {
          ...cause,
          handle: 'loyalty-reward-redeemed',
          fields: { Reward: reward?.title ?? '', Code: reward?.code ?? '', Points: points, Balance: balance },
        },
      ];
  }
}

function ofTier({ id, profileId, tier, changedAt }: StandingChange): SignalInput[] {
  if (tier === null) return [];
  const fields = { 'Previous tier': tier.from ?? '', 'New tier': tier.to ?? '' };
  return [{ handle: 'loyalty-tier-changed', key: String(id), profileId, fields, occurredAt: changedAt }];
}
