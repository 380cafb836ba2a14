import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { ShopView } from '~/modules/insights/types';
import { createAdminFormat, type Format } from './format';

const FormatContext = createContext<Format>(
  createAdminFormat({ currency: 'USD', timeZone: 'UTC', locale: 'en' }),
);

/** Lets everything on a page write money and times the way its shop does. */
export function ShopProvider({ shop, children }: { shop: ShopView; children: ReactNode }) {
  const format = useMemo(() => createAdminFormat(shop), [shop]);
  return <FormatContext.Provider value={format}>{children}</FormatContext.Provider>;
}

export function useFormat(): Format {
  return useContext(FormatContext);
}
