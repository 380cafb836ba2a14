import { useEffect, useState } from 'preact/hooks';
import { ask } from '../../shared/ask';
import { parseAccount, type Account } from './answer';

export type AccountView =
  | { state: 'loading' }
  | { state: 'failed' }
  | { state: 'off' }
  | { state: 'shown'; account: Account; loadingMore: boolean };

export interface UseAccount {
  view: AccountView;
  /** Asks again; what is shown stays until the answer is there. */
  reload: () => void;
  /** Adds older history. */
  more: () => void;
}

/** The account of whoever is signed in. */
export function useAccount(): UseAccount {
  const [view, setView] = useState<AccountView>({ state: 'loading' });
  const reload = () => {
    load(null).then(
      (account) =>
        setView(account === 'off' ? { state: 'off' } : { state: 'shown', account, loadingMore: false }),
      // What was shown is still better than nothing.
      () => setView((last) => (last.state === 'shown' ? last : { state: 'failed' })),
    );
  };
  const more = () => {
    if (view.state !== 'shown' || view.loadingMore || view.account.nextCursor === null) return;
    const { account } = view;
    setView({ ...view, loadingMore: true });
    load(account.nextCursor).then(
      (older) => setView({ state: 'shown', account: append(account, older), loadingMore: false }),
      () => setView({ state: 'shown', account, loadingMore: false }),
    );
  };
  useEffect(reload, []);
  return { view, reload, more };
}

async function load(cursor: string | null): Promise<Account | 'off'> {
  const token = await shopify.sessionToken.get();
  const query = cursor === null ? '' : `?${new URLSearchParams({ cursor })}`;
  return parseAccount(await ask(`/api/shopper/account${query}`, token));
}

function append(account: Account, older: Account | 'off'): Account {
  if (older === 'off') return account;
  return { ...older, history: [...account.history, ...older.history] };
}
