import { Link, useNavigate } from '@remix-run/react';
import { AppProvider, type AppProviderProps } from '@shopify/polaris';
import englishI18n from '@shopify/polaris/locales/en.json';
import { useEffect, type ComponentProps, type ReactNode } from 'react';
import { UnsavedChangesFrame } from './unsaved-changes';

type PolarisLinkProps = ComponentProps<NonNullable<AppProviderProps['linkComponent']>>;

/** Polaris' links, as client-side navigation. */
function PolarisLink({ url, external, ...rest }: PolarisLinkProps) {
  return <Link {...rest} to={url} {...(external && { target: '_blank', rel: 'noreferrer' })} />;
}

/** Polaris and App Bridge around every embedded page. */
export function AppFrame({ children }: { children: ReactNode }) {
  const navigate = useNavigate();

  // The Shopify admin's own navigation (sidebar, back button) tells the app where to go by this event.
  useEffect(() => {
    const follow = (event: Event) => {
      const href = event.target instanceof Element ? event.target.getAttribute('href') : null;
      if (href) navigate(href);
    };
    addEventListener('shopify:navigate', follow);
    return () => removeEventListener('shopify:navigate', follow);
  }, [navigate]);

  return (
    <AppProvider i18n={englishI18n} linkComponent={PolarisLink}>
      <UnsavedChangesFrame>{children}</UnsavedChangesFrame>
    </AppProvider>
  );
}
