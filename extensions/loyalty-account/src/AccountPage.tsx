import { render } from 'preact';
import { redeem, type Command } from '../../shared/redeem';
import { TierProgress } from '../../shared/TierProgress';
import { useRedeem } from '../../shared/use-redeem';
import { Balance } from './Balance';
import { Birthday } from './Birthday';
import { History } from './History';
import { Rewards } from './Rewards';
import { useAccount, type UseAccount } from './use-account';

export default function main() {
  render(<AccountPage />, document.body);
}

function AccountPage() {
  return (
    <s-page heading={shopify.i18n.translate('heading')}>
      <Content {...useAccount()} />
    </s-page>
  );
}

/** What one has by the kind of reward, where it is not a code to enter at checkout. */
const sentences: Record<string, string> = { store_credit: 'credited', gift_card: 'giftCard' };

/** One section below the other; whatever else belongs to a member has its place among them. */
function Content({ view, reload, more }: UseAccount) {
  const { i18n } = shopify;
  const redeeming = useRedeem(askForReward, async ({ kind, code, title }) => {
    reload();
    const sentence = sentences[kind] ?? 'ready';
    return { tone: 'success', sentence, values: { code: code ?? '', title } };
  });
  if (view.state === 'off') return <s-paragraph>{i18n.translate('off')}</s-paragraph>;
  if (view.state === 'failed') return <Failed retry={reload} />;
  if (view.state === 'loading') return <Loading />;
  const { account, loadingMore } = view;
  return (
    <s-stack gap="large">
      <Balance account={account} />
      {account.tier && (
        <s-section heading={i18n.translate('tierHeading')}>
          <TierProgress tier={account.tier} currency={account.currency} words={i18n} />
        </s-section>
      )}
      <Rewards account={account} redeeming={redeeming} />
      {account.birthday && <Birthday points={account.birthday.points} />}
      <History
        entries={account.history}
        more={account.nextCursor === null ? null : more}
        loading={loadingMore}
      />
    </s-stack>
  );
}

function Loading() {
  return (
    <s-section accessibilityLabel={shopify.i18n.translate('heading')}>
      <s-skeleton-paragraph />
      <s-skeleton-paragraph />
    </s-section>
  );
}

function Failed({ retry }: { retry: () => void }) {
  const { i18n } = shopify;
  return (
    <s-banner tone="critical" heading={i18n.translate('failed')}>
      <s-button onClick={retry}>{i18n.translate('retry')}</s-button>
    </s-banner>
  );
}

async function askForReward(command: Command) {
  return redeem(await shopify.sessionToken.get(), command);
}
