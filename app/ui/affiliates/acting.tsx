import { BlockStack, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';

/** Buttons, and below them why what they did was refused; read out when it appears. */
export function Acting({ error, children }: { error: string | undefined; children: ReactNode }) {
  return (
    <BlockStack gap={error === undefined ? '0' : '200'}>
      {children}
      <div aria-live="polite">
        {error !== undefined && (
          <Text as="p" tone="critical">
            {error}
          </Text>
        )}
      </div>
    </BlockStack>
  );
}
