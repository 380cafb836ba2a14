import { BlockStack, Box, Button, ButtonGroup, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { t } from '../i18n';
import styles from './mail-preview.module.css';

interface MailPreviewProps {
  mail: { subject: string; html: string; text: string };
}

/**
 * A mail as its reader sees it. The HTML is shown in a frame that can run nothing, reach nothing of this page and be
 * navigated nowhere: what stands in a mail is not ours to trust.
 */
export function MailPreview({ mail }: MailPreviewProps) {
  const [asText, setAsText] = useState(false);
  return (
    <BlockStack gap="300">
      <InlineStack align="space-between" blockAlign="center" gap="200" wrap>
        <Text as="p" fontWeight="semibold" breakWord>
          {mail.subject}
        </Text>
        <ButtonGroup variant="segmented">
          <Button pressed={!asText} onClick={() => setAsText(false)}>
            {t('message.html')}
          </Button>
          <Button pressed={asText} onClick={() => setAsText(true)}>
            {t('message.text')}
          </Button>
        </ButtonGroup>
      </InlineStack>
      {asText ? (
        <Box background="bg-surface-secondary" padding="400" borderRadius="200">
          <pre className={styles.text}>{mail.text}</pre>
        </Box>
      ) : (
        <iframe
          className={styles.frame}
          title={t('message.frame')}
          sandbox=""
          srcDoc={mail.html}
          referrerPolicy="no-referrer"
        />
      )}
    </BlockStack>
  );
}
