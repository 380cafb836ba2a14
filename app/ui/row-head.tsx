import { InlineStack } from '@shopify/polaris';
import type { ReactNode } from 'react';

/** The first line of a row where a table is shown as a list: what it is, and its state. */
export function RowHead({ link, state }: { link: ReactNode; state: ReactNode }) {
  return (
    <InlineStack align="space-between" blockAlign="center" gap="200">
      {link}
      {state}
    </InlineStack>
  );
}
