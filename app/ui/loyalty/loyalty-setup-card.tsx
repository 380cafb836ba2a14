import { BlockStack, Card } from '@shopify/polaris';
import type { LoyaltySetup } from '~/modules/insights/types';
import { CardHead } from '../facts';
import { t } from '../i18n';
import { SetupStep } from '../setup-step';
import { useCheckoutBlock } from '../use-checkout-block';

/** The three steps to a programme that people meet. Knows what is done, and goes when all is. */
export function LoyaltySetupCard({ setup, shopDomain }: { setup: LoyaltySetup; shopDomain: string }) {
  const checkoutBlock = useCheckoutBlock();
  const steps = [
    { key: 'earn', done: setup.earnRule, url: '/app/loyalty/setup', external: false },
    { key: 'reward', done: setup.reward, url: '/app/loyalty/setup', external: false },
    {
      key: 'checkout',
      done: checkoutBlock === true,
      url: `https://${shopDomain}/admin/settings/checkout/editor`,
      external: true,
    },
  ] as const;
  const open = steps.find(({ done }) => !done);
  if (!open) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <CardHead title={t('loyalty.setup.title')} text={t('loyalty.setup.text')} />
        <BlockStack as="ul" gap="100">
          {steps.map(({ key, done, url, external }) => (
            <SetupStep
              key={key}
              title={t(`loyalty.setup.${key}.title`)}
              text={t(`loyalty.setup.${key}.text`)}
              done={done}
              primary={key === open.key}
              action={{ content: t(`loyalty.setup.${key}.action`), url, external }}
            />
          ))}
        </BlockStack>
      </BlockStack>
    </Card>
  );
}
