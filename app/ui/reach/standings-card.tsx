import { Banner, Checkbox, Text, TextField } from '@shopify/polaris';
import type { Connections } from '~/modules/insights/types';
import { tierTag } from '~/modules/loyalty/types';
import { CardForm } from '../card-form';
import { Facts } from '../facts';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { useDraft } from '../use-draft';
import { parseStandingsDraft } from './standings-draft';

/** What Shopify is told of customers: the switches, what a theme writes to read it, and whether it arrives. */
export function StandingsCard({ connections }: { connections: Connections }) {
  const { shareStandings, tagTiers, namespace } = connections;
  const form = useDraft({ shareStandings, tagTiers }, parseStandingsDraft);
  const { draft, change, save, saving } = form;
  const tag = tierTag(connections.tierName ?? 'Gold');
  return (
    <CardForm
      title={t('reach.standings.title')}
      text={t('reach.standings.text')}
      saving={saving}
      onSave={save}
      unsaved={form}
    >
      <Refused connections={connections} />
      <Checkbox
        label={t('reach.standings.share')}
        helpText={t('reach.standings.shareHelp')}
        checked={draft.shareStandings}
        onChange={(value) => change({ shareStandings: value })}
      />
      <Checkbox
        label={t('reach.standings.tag')}
        helpText={t('reach.standings.tagHelp', { tag })}
        checked={draft.tagTiers}
        onChange={(value) => change({ tagTiers: value })}
      />
      {shareStandings && <Liquid namespace={namespace} />}
      <Waiting connections={connections} />
    </CardForm>
  );
}

function Refused({ connections: { refused, lastError } }: { connections: Connections }) {
  if (refused === 0) return null;
  return (
    <Banner tone="warning">
      {t('reach.standings.refusedText', { count: refused, error: lastError ?? '' })}
    </Banner>
  );
}

function Waiting({ connections: { waiting } }: { connections: Connections }) {
  const format = useFormat();
  const value = waiting === 0 ? t('reach.standings.none') : format.number(waiting);
  return <Facts facts={[{ label: t('reach.standings.waiting'), value }]} />;
}

function Liquid({ namespace }: { namespace: string | null }) {
  if (namespace === null)
    return (
      <Text as="p" tone="subdued">
        {t('reach.standings.liquidLater')}
      </Text>
    );
  const field = (key: string) => `{{ customer.metafields['${namespace}'].${key} }}`;
  return (
    <TextField
      label={t('reach.standings.liquid')}
      helpText={t('reach.standings.liquidHelp')}
      value={`${field('points')}\n${field('tier')}`}
      autoComplete="off"
      readOnly
      selectTextOnFocus
      multiline={2}
      monospaced
    />
  );
}
