import { BlockStack, Box, Button, Text } from '@shopify/polaris';

interface EmptyCardProps {
  title: string;
  text: string;
  action?: { content: string; url: string };
}

/** What a list says while it is empty: what will be here and how to get it. */
export function EmptyCard({ title, text, action }: EmptyCardProps) {
  return (
    <Box padding="800">
      <BlockStack gap="300" inlineAlign="center">
        <Text as="h2" variant="headingMd" alignment="center">
          {title}
        </Text>
        <Box maxWidth="28rem">
          <Text as="p" tone="subdued" alignment="center">
            {text}
          </Text>
        </Box>
        {action && (
          <Button url={action.url} variant="primary">
            {action.content}
          </Button>
        )}
      </BlockStack>
    </Box>
  );
}
