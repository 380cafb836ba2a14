import { Box, Text } from '@shopify/polaris';

/** A remark below a card; on a phone, cards reach the edge of the screen and text must not. */
export function SideNote({ children }: { children: string }) {
  return (
    <Box paddingInline={{ xs: '400', sm: '0' }}>
      <Text as="p" tone="subdued" variant="bodySm">
        {children}
      </Text>
    </Box>
  );
}
