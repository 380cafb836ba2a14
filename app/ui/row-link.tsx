import { Link } from '@shopify/polaris';
import type { ReactNode } from 'react';

/** The link that a whole row of a `ListTable` stands for. */
export function RowLink({ url, children }: { url: string; children: ReactNode }) {
  return (
    <Link url={url} dataPrimaryLink monochrome removeUnderline>
      {children}
    </Link>
  );
}
