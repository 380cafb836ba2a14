import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import {
  Badge,
  BlockStack,
  Button,
  Card,
  Collapsible,
  InlineError,
  InlineStack,
  Select,
  Text,
  TextField,
  type BadgeProps,
} from '@shopify/polaris';
import { nanoid } from 'nanoid';
import { useState } from 'react';
import { ConfirmModal } from '../confirm-modal';
import { CardTitle } from '../facts';
import { t, word } from '../i18n';
import { useFormat } from '../shop-context';
import type { ProfileActionResult, RedemptionView, RewardOption } from './types';
import { useAnswer } from '../use-answer';

interface RewardsCardProps {
  rewards: RewardOption[];
  redemptions: RedemptionView[];
  /** False for somebody who was erased. */
  mayRedeem: boolean;
}

/** A person's codes, and a form to redeem a reward for them. */
export function RewardsCard({ rewards, redemptions, mayRedeem }: RewardsCardProps) {
  const [open, setOpen] = useState(false);
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <CardTitle>{t('customer.rewards.title')}</CardTitle>
          {rewards.length > 0 && (
            <Button
              variant="plain"
              onClick={() => setOpen(!open)}
              ariaExpanded={open}
              ariaControls="redeem-reward"
              disabled={!mayRedeem}
            >
              {t('customer.rewards.redeem')}
            </Button>
          )}
        </InlineStack>
        <Collapsible id="redeem-reward" open={open}>
          {open && <RedeemForm rewards={rewards} onDone={() => setOpen(false)} />}
        </Collapsible>
        {redemptions.length === 0 && (
          <Text as="p" tone="subdued">
            {rewards.length === 0 ? t('customer.rewards.none') : t('customer.rewards.nobody')}
          </Text>
        )}
        {redemptions.map((redemption) => (
          <Code key={redemption.id} redemption={redemption} />
        ))}
      </BlockStack>
    </Card>
  );
}

function RedeemForm({ rewards, onDone }: { rewards: RewardOption[]; onDone: () => void }) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<ProfileActionResult>();
  const [rewardId, setRewardId] = useState(rewards[0]?.id ?? '');
  const chosen = rewards.find(({ id }) => id === rewardId);
  const [points, setPoints] = useState('');
  // Of this form: sending it twice (a double click, a repeated request) redeems once.
  const [key] = useState(() => nanoid());
  const result = fetcher.data;
  const errors = result && 'errors' in result ? result.errors : {};
  useAnswer(result, (answer) => {
    if (!('done' in answer)) return;
    const { code } = answer;
    shopify.toast.show(code ? t('customer.rewards.done', { code }) : t('customer.rewards.waiting'));
    onDone();
  });
  return (
    <fetcher.Form method="post">
      <input type="hidden" name="intent" value="redeem" />
      <input type="hidden" name="key" value={key} />
      <BlockStack gap="300">
        <Select
          label={t('customer.rewards.reward')}
          name="rewardId"
          options={rewards.map(({ id, title, points }) => ({
            value: id,
            label: t('customer.rewards.option', { title, points: t('common.points', { count: points }) }),
          }))}
          value={rewardId}
          onChange={setRewardId}
          error={errors.reward ?? (chosen?.most == null ? errors.points : undefined)}
        />
        {chosen?.most != null && (
          <TextField
            label={t('customer.rewards.points', { least: chosen.points, most: chosen.most })}
            name="points"
            inputMode="numeric"
            autoComplete="off"
            value={points}
            placeholder={String(chosen.points)}
            onChange={setPoints}
            error={errors.points}
          />
        )}
        <InlineStack gap="200">
          <Button submit variant="primary" loading={fetcher.state !== 'idle'}>
            {t('customer.rewards.submit')}
          </Button>
          <Button onClick={onDone}>{t('common.cancel')}</Button>
        </InlineStack>
      </BlockStack>
    </fetcher.Form>
  );
}

const tones: Partial<Record<RedemptionView['state'], BadgeProps['tone']>> = {
  confirmed: 'success',
  reserved: 'attention',
  ending: 'attention',
  scheduled: 'info',
  released: 'critical',
  unknown: 'warning',
};

function Code({ redemption }: { redemption: RedemptionView }) {
  const format = useFormat();
  const { state, code, startsAt, expiresAt, title, points, error, hasCode } = redemption;
  const isOpen = state === 'confirmed' || state === 'scheduled';
  const exists = hasCode && state !== 'reserved' && state !== 'released';
  const from = startsAt !== null && isOpen && t('customer.rewards.starts', { date: format.date(startsAt) });
  const until = expiresAt !== null && isOpen && t('customer.rewards.ends', { date: format.date(expiresAt) });
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Text as="span">{title}</Text>
        <Badge tone={tones[state]}>
          {!hasCode && state === 'confirmed' ? t('customer.rewards.paid') : word('redemptionState', state)}
        </Badge>
      </InlineStack>
      {exists && (
        <Text as="span" fontWeight="semibold" breakWord>
          {code}
        </Text>
      )}
      <Text as="span" tone="subdued" variant="bodySm">
        {[t('common.points', { count: points }), from, until, error].filter(Boolean).join(' · ')}
      </Text>
      {state === 'unknown' && <Settle id={redemption.id} title={title} />}
      {(isOpen || state === 'expired') &&
        (hasCode ? (
          <GiveBack id={redemption.id} code={code} />
        ) : (
          <Text as="span" tone="subdued" variant="bodySm">
            {t('customer.rewards.final')}
          </Text>
        ))}
    </BlockStack>
  );
}

function GiveBack({ id, code }: { id: string; code: string }) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<ProfileActionResult>();
  const [asking, setAsking] = useState(false);
  const result = fetcher.data;
  const error = result && 'errors' in result ? result.errors.reward : undefined;
  useAnswer(result, (answer) => {
    if ('done' in answer) shopify.toast.show(t('customer.rewards.gaveBack'));
  });
  const giveBack = () => {
    setAsking(false);
    fetcher.submit({ intent: 'giveBack', redemptionId: id }, { method: 'post' });
  };
  return (
    <BlockStack gap="100" inlineAlign="start">
      <Button
        variant="plain"
        loading={fetcher.state !== 'idle'}
        accessibilityLabel={`${t('customer.rewards.giveBack')} ${code}`}
        onClick={() => setAsking(true)}
      >
        {t('customer.rewards.giveBack')}
      </Button>
      {error && <InlineError message={error} fieldID={`give-back-${id}`} />}
      <ConfirmModal
        id={`give-back-${id}`}
        open={asking}
        title={t('customer.rewards.giveBackTitle')}
        text={t('customer.rewards.giveBackText', { code })}
        confirm={t('customer.rewards.giveBack')}
        destructive
        onConfirm={giveBack}
        onClose={() => setAsking(false)}
      />
    </BlockStack>
  );
}

/** Nobody knows whether store credit was paid: the merchant looks in Shopify and says. */
function Settle({ id, title }: { id: string; title: string }) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<ProfileActionResult>();
  const result = fetcher.data;
  const error = result && 'errors' in result ? result.errors.reward : undefined;
  useAnswer(result, (answer) => {
    if ('done' in answer) shopify.toast.show(t('customer.rewards.settled'));
  });
  const say = (paid: 'yes' | 'no') =>
    fetcher.submit({ intent: 'settle', redemptionId: id, paid }, { method: 'post' });
  return (
    <BlockStack gap="100">
      <InlineStack gap="300">
        <Button
          variant="plain"
          loading={fetcher.state !== 'idle'}
          accessibilityLabel={`${t('customer.rewards.wasPaid')}: ${title}`}
          onClick={() => say('yes')}
        >
          {t('customer.rewards.wasPaid')}
        </Button>
        <Button
          variant="plain"
          loading={fetcher.state !== 'idle'}
          accessibilityLabel={`${t('customer.rewards.notPaid')}: ${title}`}
          onClick={() => say('no')}
        >
          {t('customer.rewards.notPaid')}
        </Button>
      </InlineStack>
      {error && <InlineError message={error} fieldID={`settle-${id}`} />}
    </BlockStack>
  );
}
