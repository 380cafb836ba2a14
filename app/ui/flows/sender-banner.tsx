import { Banner } from '@shopify/polaris';
import { t } from '../i18n';

/** Why a flow cannot be turned on yet, and where to change that. */
export function SenderBanner() {
  return (
    <Banner tone="warning" action={{ content: t('flows.senderAction'), url: '/app/settings' }}>
      {t('flows.senderMissing')}
    </Banner>
  );
}
