import { Banner } from '@shopify/polaris';
import { t } from '../i18n';

/** What is missing before mails should go out, and where to add it. */
export function SenderBanner() {
  return (
    <Banner tone="warning" action={{ content: t('flows.senderAction'), url: '/app/settings#sender' }}>
      {t('flows.senderMissing')}
    </Banner>
  );
}
