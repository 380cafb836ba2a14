import { BlockStack, Box, Button, InlineStack, Popover, Text, Thumbnail } from '@shopify/polaris';
import { ImageIcon } from '@shopify/polaris-icons';
import { useState } from 'react';
import type { CartRow } from '~/modules/insights/types';
import { t } from '../i18n';
import { useFormat } from '../shop-context';

/** How many items a cart has; opens what they are. */
export function CartItems({ cart }: { cart: CartRow }) {
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const count = cart.lines.reduce((sum, line) => sum + line.quantity, 0);
  const text = t('carts.items', { count });
  if (cart.lines.length === 0) return <Text as="span">{text}</Text>;
  return (
    <Popover
      active={open}
      onClose={() => setOpen(false)}
      activator={
        <Button
          variant="plain"
          disclosure={open ? 'up' : 'down'}
          onClick={() => setOpen(!open)}
          accessibilityLabel={`${t('carts.showItems')}: ${text}`}
        >
          {text}
        </Button>
      }
      ariaHaspopup="dialog"
    >
      <Box padding="300" minWidth="16rem" maxWidth="22rem">
        <BlockStack gap="300">
          <Text as="h3" variant="headingSm">
            {t('carts.itemsTitle')}
          </Text>
          <BlockStack as="ul" gap="200">
            {cart.lines.map((line, index) => (
              <li key={`${line.title}-${index}`} style={{ listStyle: 'none' }}>
                <InlineStack gap="200" wrap={false} blockAlign="center">
                  <Thumbnail source={line.imageUrl ?? ImageIcon} alt="" size="extraSmall" />
                  <BlockStack>
                    <Text as="span" breakWord>
                      {t('carts.line', {
                        quantity: line.quantity,
                        title: [line.title, line.variantTitle].filter(Boolean).join(', '),
                      })}
                    </Text>
                    <Text as="span" tone="subdued" variant="bodySm">
                      {format.money(line.price, cart.presentmentCurrency)}
                    </Text>
                  </BlockStack>
                </InlineStack>
              </li>
            ))}
          </BlockStack>
        </BlockStack>
      </Box>
    </Popover>
  );
}
