import { BlockStack, Button, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useAppBridge } from '@shopify/app-bridge-react';
import { CardTitle } from '../facts';
import { t } from '../i18n';

/** An address to pass on, with a button that copies it. */
export function ShareCard({ title, text, url }: { title: string; text: string; url: string }) {
  const shopify = useAppBridge();
  const copy = async () => {
    await navigator.clipboard.writeText(url);
    shopify.toast.show(t('affiliates.copied'));
  };
  return (
    <Card>
      <BlockStack gap="200">
        <CardTitle>{title}</CardTitle>
        <Text as="p" tone="subdued">
          {text}
        </Text>
        <Text as="p" breakWord>
          <Link url={url} target="_blank">
            {url}
          </Link>
        </Text>
        <InlineStack>
          <Button onClick={() => void copy()}>{t('affiliates.copy')}</Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
