import { BlockStack, Box, Button, Icon, InlineStack, Text } from '@shopify/polaris';
import { CheckCircleIcon } from '@shopify/polaris-icons';
import { t } from './i18n';
import styles from './setup-step.module.css';

interface SetupStepProps {
  title: string;
  text: string;
  done: boolean;
  primary: boolean; // the next one to do
  action: { content: string; url: string; external?: boolean };
}

/** A step of a set-up that knows whether it is done. */
export function SetupStep({ title, text, done, primary, action }: SetupStepProps) {
  return (
    <li style={{ listStyle: 'none' }}>
      <Box padding="200" borderRadius="200" background={primary ? 'bg-surface-secondary' : undefined}>
        <InlineStack gap="300" align="space-between" blockAlign="center" wrap>
          <InlineStack align="start" gap="200" blockAlign="center" wrap={false}>
            <span className={styles.mark}>
              {done ? (
                <Icon source={CheckCircleIcon} tone="success" accessibilityLabel={t('home.setup.stepDone')} />
              ) : (
                <span className={styles.open} role="img" aria-label={t('home.setup.stepOpen')} />
              )}
            </span>
            <BlockStack>
              <Text as="span" fontWeight={done ? 'regular' : 'semibold'}>
                {title}
              </Text>
              {!done && (
                <Text as="span" tone="subdued" variant="bodySm">
                  {text}
                </Text>
              )}
            </BlockStack>
          </InlineStack>
          {!done && (
            <Button
              url={action.url}
              {...(action.external && { target: '_top' })}
              {...(primary && { variant: 'primary' })}
            >
              {action.content}
            </Button>
          )}
        </InlineStack>
      </Box>
    </li>
  );
}
