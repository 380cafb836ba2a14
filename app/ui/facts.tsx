import { BlockStack, InlineStack, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';

export interface Fact {
  label: string;
  value: ReactNode;
}

/** Labels with their values, one below the other. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <BlockStack as="ul" gap="200">
      {facts.map(({ label, value }) => (
        <li key={label} style={{ listStyle: 'none' }}>
          <InlineStack align="space-between" gap="200" wrap>
            <Text as="span" tone="subdued">
              {label}
            </Text>
            <Text as="span" breakWord>
              {value}
            </Text>
          </InlineStack>
        </li>
      ))}
    </BlockStack>
  );
}

/** A card's heading, and a sentence on what it is for. */
export function CardHead({ title, text }: { title: string; text?: string }) {
  return (
    <BlockStack gap="100">
      <CardTitle>{title}</CardTitle>
      {text && (
        <Text as="p" tone="subdued">
          {text}
        </Text>
      )}
    </BlockStack>
  );
}

/** A card's heading. */
export function CardTitle({ children }: { children: string }) {
  return (
    <Text as="h2" variant="headingMd">
      {children}
    </Text>
  );
}
