import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { nanoid } from 'nanoid';
import { useState } from 'react';
import type { ProfileView } from '~/modules/insights/types';
import { EmailStateBadge } from '../badges';
import { ConfirmModal } from '../confirm-modal';
import { CardTitle } from '../facts';
import { t, word } from '../i18n';
import { useFormat } from '../shop-context';
import type { ProfileActionResult } from './types';
import { useAnswer } from '../use-answer';

/** Whether a person may be sent marketing e-mails, since when and by whose word; and a way to change it on their behalf. */
export function ConsentCard({ profile }: { profile: ProfileView }) {
  const format = useFormat();
  const { state, level, source, consentedAt } = profile.consent;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <CardTitle>{t('customer.consent.title')}</CardTitle>
          <EmailStateBadge state={state} />
        </InlineStack>
        {consentedAt && (
          <BlockStack>
            <Text as="p" tone="subdued">
              {t('customer.consent.since', { date: format.dateTime(consentedAt) })}
            </Text>
            {source && (
              <Text as="p" tone="subdued">
                {t('customer.consent.by', { source: word('consentSource', source) })}
              </Text>
            )}
            {level && (
              <Text as="p" tone="subdued">
                {word('consentLevel', level)}
              </Text>
            )}
          </BlockStack>
        )}
        {profile.email ? (
          <ChangeConsent subscribed={state === 'subscribed'} />
        ) : (
          <Text as="p" tone="subdued">
            {t('customer.consent.noEmail')}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

function ChangeConsent({ subscribed }: { subscribed: boolean }) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<ProfileActionResult>();
  const [asking, setAsking] = useState(false);
  // Of this decision: sending it twice decides once.
  const [key, setKey] = useState('');
  const intent = subscribed ? 'unsubscribe' : 'subscribe';
  const result = fetcher.data;

  useAnswer(result, (answer) => {
    if ('done' in answer) shopify.toast.show(t('customer.consent.done'));
  });

  const ask = () => {
    setKey(nanoid());
    setAsking(true);
  };
  const confirm = () => {
    setAsking(false);
    fetcher.submit(
      { intent: 'consent', state: subscribed ? 'unsubscribed' : 'subscribed', key },
      { method: 'post' },
    );
  };
  return (
    <InlineStack>
      <Button onClick={ask} loading={fetcher.state !== 'idle'}>
        {t(`customer.consent.${intent}`)}
      </Button>
      <ConfirmModal
        id="change-consent"
        open={asking}
        title={t(`customer.consent.${intent}Title`)}
        text={t(`customer.consent.${intent}Text`)}
        confirm={t(`customer.consent.${intent}Confirm`)}
        destructive={subscribed}
        onConfirm={confirm}
        onClose={() => setAsking(false)}
      />
    </InlineStack>
  );
}
