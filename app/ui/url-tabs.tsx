import { Tabs } from '@shopify/polaris';
import { useUrlState } from './use-url-state';

interface UrlTabsProps<Tab extends string> {
  tabs: readonly Tab[];
  selected: Tab;
  label: (tab: Tab) => string;
}

/** Tabs that are part of the URL. */
export function UrlTabs<Tab extends string>({ tabs, selected, label }: UrlTabsProps<Tab>) {
  const { change } = useUrlState();
  return (
    <Tabs
      tabs={tabs.map((tab) => ({ id: tab, content: label(tab), panelID: `${tab}-panel` }))}
      selected={Math.max(0, tabs.indexOf(selected))}
      onSelect={(index) => change({ tab: tabs[index] })}
    />
  );
}
