import { useNavigation } from '@remix-run/react';
import {
  ChoiceList,
  IndexFilters,
  IndexFiltersMode,
  useSetIndexFiltersMode,
  type IndexFiltersProps,
} from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { emailStates, profileSorts } from '~/modules/insights/types';
import { t, word } from '../i18n';
import { useUrlState } from '../use-url-state';

const typingPauseMs = 300;
const cleared = {
  emailState: undefined,
  hasOrders: undefined,
  hasPoints: undefined,
  hasCart: undefined,
  tag: undefined,
};

type FilterName = keyof typeof cleared;

/** Filters most people want, one click away. */
const views: {
  name: 'all' | 'subscribed' | 'points' | 'cart' | 'new';
  filter: Partial<Record<FilterName, string>>;
}[] = [
  { name: 'all', filter: {} },
  { name: 'subscribed', filter: { emailState: 'subscribed' } },
  { name: 'points', filter: { hasPoints: 'true' } },
  { name: 'cart', filter: { hasCart: 'true' } },
  { name: 'new', filter: { hasOrders: 'false' } },
];

/** The view whose filters are exactly those in the URL; the first one stands for any other choice, too. */
function selectedView(get: Get): number {
  const names = Object.keys(cleared);
  const index = views.findIndex(({ filter }) => {
    const wanted: Record<string, string | undefined> = filter;
    return names.every((name) => get(name) === wanted[name]);
  });
  return Math.max(0, index);
}

/** Search, filters and sorting of the customers list; all of it is kept in the URL. */
export function CustomerFilters({ tags }: { tags: string[] }) {
  const { get, change } = useUrlState();
  const { mode, setMode } = useSetIndexFiltersMode(
    get('search') ? IndexFiltersMode.Filtering : IndexFiltersMode.Default,
  );
  const navigation = useNavigation();
  const [search, setSearch] = useSearch();
  const filters = listFilters(tags, get, change);
  return (
    <IndexFilters
      tabs={views.map((view) => ({
        id: view.name,
        content: t(`customers.view.${view.name}`),
        isLocked: true,
      }))}
      selected={selectedView(get)}
      onSelect={(index) => change({ ...cleared, ...views[index]?.filter })}
      canCreateNewView={false}
      mode={mode}
      setMode={setMode}
      loading={navigation.state === 'loading'}
      queryPlaceholder={t('customers.search')}
      queryValue={search}
      onQueryChange={setSearch}
      onQueryClear={() => setSearch('')}
      cancelAction={{ onAction: () => change({ ...cleared, search: undefined }) }}
      sortOptions={profileSorts.map((sort) => ({
        value: `${sort} desc`,
        label: t(`customers.sort.${sort}`),
        directionLabel: t('customers.sortDirection'),
      }))}
      sortSelected={[`${get('sort') ?? 'newest'} desc`]}
      onSort={([value]) => change({ sort: value?.split(' ')[0] })}
      filters={filters}
      appliedFilters={listApplied(get, change)}
      onClearAll={() => change({ ...cleared, search: undefined })}
    />
  );
}

/** What is typed shows at once and is searched for after a short pause. */
function useSearch(): [string, (text: string) => void] {
  const { get, change } = useUrlState();
  const { location } = useNavigation();
  const current = (location ? new URLSearchParams(location.search).get('search') : get('search')) ?? '';
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => {
    if (typed === null) return;
    const timer = setTimeout(() => {
      change({ search: typed });
      setTyped(null);
    }, typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed, change]);
  return [typed ?? current, setTyped];
}

type Get = (name: string) => string | undefined;
type Change = ReturnType<typeof useUrlState>['change'];

function listFilters(tags: string[], get: Get, change: Change): IndexFiltersProps['filters'] {
  const choice = (name: string, title: string, choices: { value: string; label: string }[]) => ({
    key: name,
    label: title,
    shortcut: true,
    filter: (
      <ChoiceList
        title={title}
        titleHidden
        choices={choices}
        selected={[get(name) ?? '']}
        onChange={([value]) => change({ [name]: value })}
      />
    ),
  });
  return [
    choice(
      'emailState',
      t('customers.filter.emailState'),
      emailStates
        .filter((state) => state !== 'redacted')
        .map((state) => ({ value: state, label: word('emailState', state) })),
    ),
    choice('hasOrders', t('customers.filter.orders'), [
      { value: 'true', label: t('customers.filter.hasOrders') },
      { value: 'false', label: t('customers.filter.noOrders') },
    ]),
    choice('hasPoints', t('customers.filter.points'), [
      { value: 'true', label: t('customers.filter.hasPoints') },
    ]),
    choice('hasCart', t('customers.filter.cart'), [{ value: 'true', label: t('customers.filter.hasCart') }]),
    ...(tags.length > 0
      ? [
          choice(
            'tag',
            t('customers.filter.tag'),
            tags.map((tag) => ({ value: tag, label: tag })),
          ),
        ]
      : []),
  ];
}

function listApplied(get: Get, change: Change): { key: string; label: string; onRemove: () => void }[] {
  const label: Record<keyof typeof cleared, (value: string) => string> = {
    emailState: (value) => word('emailState', value),
    hasOrders: (value) => t(value === 'true' ? 'customers.filter.hasOrders' : 'customers.filter.noOrders'),
    hasPoints: () => t('customers.filter.hasPoints'),
    hasCart: () => t('customers.filter.hasCart'),
    tag: (tag) => t('customers.filter.tagIs', { tag }),
  };
  return Object.entries(label).flatMap(([key, write]) => {
    const value = get(key);
    return value === undefined
      ? []
      : [{ key, label: write(value), onRemove: () => change({ [key]: undefined }) }];
  });
}
