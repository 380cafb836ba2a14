import { BlockStack, Box, Card, InlineGrid, Text } from '@shopify/polaris';

export interface Stat {
  label: string;
  value: string;
  note?: string;
}

/** Figures side by side; below each other on a phone. */
export function StatRow({ stats }: { stats: Stat[] }) {
  return (
    <Card padding="0">
      <Box padding="400">
        <InlineGrid columns={{ xs: 2, md: stats.length }} gap="400">
          {stats.map(({ label, value, note }) => (
            <BlockStack key={label} gap="050">
              <Text as="span" tone="subdued" variant="bodySm">
                {label}
              </Text>
              <Text as="span" variant="headingLg">
                {value}
              </Text>
              {note && (
                <Text as="span" tone="subdued" variant="bodySm">
                  {note}
                </Text>
              )}
            </BlockStack>
          ))}
        </InlineGrid>
      </Box>
    </Card>
  );
}
