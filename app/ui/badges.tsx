import { Badge, type BadgeProps } from '@shopify/polaris';
import { t, word } from './i18n';

type Tone = BadgeProps['tone'];

const emailStateTones: Record<string, Tone> = {
  subscribed: 'success',
  pending: 'attention',
  invalid: 'critical',
  redacted: 'critical',
};

export function EmailStateBadge({ state }: { state: string }) {
  return <Badge tone={emailStateTones[state]}>{word('emailState', state)}</Badge>;
}

const messageTones: Record<string, Tone> = {
  sent: 'success',
  send: 'success',
  queued: 'info',
  sending: 'info',
  defer: 'attention',
  failed: 'critical',
  unknown: 'warning',
};

export function MessageStatusBadge({ status }: { status: string }) {
  return <Badge tone={messageTones[status]}>{word('messageStatus', status)}</Badge>;
}

const cartTones: Record<string, Tone> = { open: 'info', abandoned: 'attention', recovered: 'success' };

export function CartStateBadge({ state }: { state: string }) {
  return <Badge tone={cartTones[state]}>{word('cartState', state)}</Badge>;
}

export function FlowBadge({ enabled }: { enabled: boolean }) {
  return <Badge tone={enabled ? 'success' : undefined}>{enabled ? t('flows.on') : t('flows.off')}</Badge>;
}

const importTones: Record<string, Tone> = {
  done: 'success',
  failed: 'critical',
  requested: 'info',
  running: 'info',
  ingesting: 'info',
};

export function ImportBadge({ status }: { status: string }) {
  return <Badge tone={importTones[status]}>{word('importStatus', status)}</Badge>;
}

const paymentTones: Record<string, Tone> = {
  paid: 'success',
  pending: 'attention',
  partially_paid: 'attention',
  voided: 'critical',
};

export function PaymentBadge({ status }: { status: string }) {
  return <Badge tone={paymentTones[status]}>{word('financialStatus', status)}</Badge>;
}
