import { useLocation, useNavigation } from '@remix-run/react';
import { TitleBar } from '@shopify/app-bridge-react';
import { Page, type PageProps } from '@shopify/polaris';
import { useEffect, useState, type ReactNode } from 'react';
import type { ShopView } from '~/modules/insights/types';
import { PageSkeleton } from './page-skeleton';
import { ShopProvider } from './shop-context';

interface AdminPageProps extends Pick<
  PageProps,
  'primaryAction' | 'secondaryActions' | 'titleMetadata' | 'subtitle' | 'narrowWidth' | 'fullWidth'
> {
  shop: ShopView;
  title: string;
  /** The page above, for sub-pages. */
  back?: { label: string; url: string };
  children: ReactNode;
}

/** The frame of every page: title in the Shopify admin and on the page, way back, and a skeleton of the next page while it loads. */
export function AdminPage({ shop, back, children, ...page }: AdminPageProps) {
  const leaving = useLeaving();
  return (
    <ShopProvider shop={shop}>
      <TitleBar title={page.title} />
      {leaving && <PageSkeleton />}
      {/* Kept while the next page loads: if that fails or is called off, nothing typed here is lost. */}
      <main hidden={leaving}>
        <Page {...page} {...(back && { backAction: { content: back.label, url: back.url } })}>
          {children}
        </Page>
      </main>
    </ShopProvider>
  );
}

const patienceMs = 200;

/** Whether another page has been loading for longer than one would not notice. */
function useLeaving(): boolean {
  const navigation = useNavigation();
  const { pathname } = useLocation();
  const loading =
    navigation.state === 'loading' && !navigation.formMethod && navigation.location.pathname !== pathname;
  const [patient, setPatient] = useState(true);
  useEffect(() => {
    if (!loading) return;
    const timer = setTimeout(() => setPatient(false), patienceMs);
    return () => {
      clearTimeout(timer);
      setPatient(true);
    };
  }, [loading]);
  return loading && !patient;
}
