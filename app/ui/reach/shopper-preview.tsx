import { BlockStack, Box, Card, Divider, InlineStack, Select, Text } from '@shopify/polaris';
import { useState, type ReactNode } from 'react';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { shopperLanguages, shopperWords, type ShopperWords } from './shopper-words';

export interface PreviewedReward {
  title: string;
  points: number | null; // null: not entered yet
}

interface ShopperPreviewProps {
  /** What the example order earns; null while the rate is none. */
  earns: number | null;
  amount: string; // of the example order, in shop currency
  rewards: PreviewedReward[];
}

/** What shoppers will see, in the words they read: at checkout and in their account, one order after they joined. */
export function ShopperPreview(props: ShopperPreviewProps) {
  const [language, setLanguage] = useState<string>('en');
  const format = useFormat();
  const words = shopperWords(shopperLanguages.find((one) => one === language) ?? 'en');
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200" wrap>
          <CardTitle>{t('reach.setup.preview')}</CardTitle>
          <Select
            label={t('reach.setup.language')}
            labelHidden
            options={shopperLanguages.map((value) => ({ value, label: t(`reach.setup.languages.${value}`) }))}
            value={language}
            onChange={setLanguage}
          />
        </InlineStack>
        <Text as="p" tone="subdued">
          {t('reach.setup.previewText', { amount: format.money(props.amount) })}
        </Text>
        <div aria-live="polite" lang={language}>
          <BlockStack gap="400">
            <Place title={t('reach.setup.atCheckout')}>
              <CheckoutBlock words={words} {...props} />
            </Place>
            <Place title={t('reach.setup.inAccount')}>
              <AccountPage words={words} {...props} />
            </Place>
          </BlockStack>
        </div>
      </BlockStack>
    </Card>
  );
}

function Place({ title, children }: { title: string; children: ReactNode }) {
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm" tone="subdued">
        {title}
      </Text>
      <Box padding="400" borderWidth="025" borderColor="border" borderRadius="200">
        <BlockStack gap="200">{children}</BlockStack>
      </Box>
    </BlockStack>
  );
}

type Shown = ShopperPreviewProps & { words: ShopperWords };

function CheckoutBlock({ words: { say, number }, earns, rewards }: Shown) {
  const sentence = (key: string, points: number) =>
    say('checkout', key, { count: points, points: number(points) });
  const affordable = rewards.filter(({ points }) => points !== null && points <= (earns ?? 0));
  return (
    <>
      <Text as="p" fontWeight="semibold">
        {say('checkout', 'heading')}
      </Text>
      {earns === null ? (
        <Missing />
      ) : (
        <>
          <Text as="p">{sentence('balance', earns)}</Text>
          {earns > 0 && <Text as="p">{sentence('earns', earns)}</Text>}
        </>
      )}
      {affordable.map(({ title }) => (
        <RewardLine key={title} title={title} right={say('checkout', 'redeem')} />
      ))}
    </>
  );
}

function AccountPage({ words: { say, number }, earns, rewards }: Shown) {
  const points = (count: number) => say('account', 'points', { count, number: number(count) });
  return (
    <>
      <Text as="p" fontWeight="semibold">
        {say('account', 'balanceHeading')}
      </Text>
      {earns === null ? <Missing /> : <Text as="p">{points(earns)}</Text>}
      {rewards.length > 0 && (
        <>
          <Divider />
          <Text as="p" fontWeight="semibold">
            {say('account', 'rewardsHeading')}
          </Text>
        </>
      )}
      {rewards.map((reward) => {
        const missing = reward.points === null ? null : Math.max(0, reward.points - (earns ?? 0));
        const toGo =
          missing === null || missing === 0
            ? say('account', 'redeem')
            : say('account', 'toGo', { count: missing, points: number(missing) });
        return (
          <RewardLine
            key={reward.title}
            title={reward.points === null ? reward.title : `${reward.title} (${points(reward.points)})`}
            right={toGo}
          />
        );
      })}
      {earns !== null && earns > 0 && (
        <>
          <Divider />
          <RewardLine
            title={say('account', 'order_earned', { order: '#1004' })}
            right={`+${number(earns)}`}
          />
        </>
      )}
    </>
  );
}

function RewardLine({ title, right }: { title: string; right: string }) {
  return (
    <InlineStack align="space-between" gap="200" wrap>
      <Text as="span" breakWord>
        {title}
      </Text>
      <Text as="span" tone="subdued">
        {right}
      </Text>
    </InlineStack>
  );
}

function Missing() {
  return (
    <Text as="p" tone="subdued">
      {t('reach.setup.rateMissing')}
    </Text>
  );
}
