import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Card, InlineStack, List, Text } from '@shopify/polaris';
import { z } from 'zod';
import { getFlow, setFlowEnabled, updateTriggerDays } from '~/modules/flows/index.server';
import { flowKeys, type FlowDefinition, type FlowKey, type FlowTrigger } from '~/modules/flows/types';
import { getFlowPage } from '~/modules/insights/index.server';
import { pageCursorSchema, type FlowPage } from '~/modules/insights/types';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { FlowBadge } from '~/ui/badges';
import { CardTitle } from '~/ui/facts';
import { GroundBanner } from '~/ui/flows/ground-banner';
import { FlowPicture } from '~/ui/flows/flow-picture';
import { FlowSwitch } from '~/ui/flows/flow-switch';
import { RunsCard } from '~/ui/flows/runs-card';
import { SenderBanner } from '~/ui/flows/sender-banner';
import { daysText, TriggerDays } from '~/ui/flows/trigger-days';
import { t, word } from '~/ui/i18n';
import { searchInput } from '~/ui/params';
import { useFormat } from '~/ui/shop-context';
import { StatRow } from '~/ui/stat-row';
import { titled } from '~/ui/page-meta';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';
export { keepPage as clientAction, keepData as shouldRevalidate } from '~/ui/keep-page';

export const meta = titled('flows.title');

const keySchema = z.enum(flowKeys);

function keyParam(value: string | undefined) {
  const key = keySchema.safeParse(value);
  if (!key.success) throw notFound('flow');
  return key.data;
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const cursor = pageCursorSchema.parse(searchInput(request));
  return answer(() => {
    const flowKey = keyParam(params.key);
    const now = clock.now();
    return withShop(shopId, async (tx) => {
      const page = await getFlowPage(tx, { shopId, flowKey, cursor, now });
      const { picture, definition } = await getFlow(tx, { shopId, key: flowKey });
      return { ...page, picture, definition };
    });
  });
}

const oneNumber = z.coerce.number().int().min(1).max(730);
const someNumbers = z
  .string()
  .transform((text) => [
    ...new Set(
      text
        .split(/[\s,;]+/)
        .filter(Boolean)
        .map(Number),
    ),
  ])
  .pipe(z.array(z.number().int().min(1).max(365)).min(1).max(5));

const actionSchema = (key: FlowKey) =>
  z.discriminatedUnion('intent', [
    z.object({
      intent: z.literal('switch'),
      enabled: z.enum(['true', 'false']).transform((text) => text === 'true'),
    }),
    z.object({ intent: z.literal('days'), days: key === 'points_expiring' ? someNumbers : oneNumber }),
  ]);

export async function action({ request, params }: ActionFunctionArgs) {
  const { shopId } = await requireShop(request);
  const form = Object.fromEntries(await request.formData());
  return answer(async () => {
    const key = keyParam(params.key);
    const parsed = actionSchema(key).safeParse(form);
    if (!parsed.success) {
      const text = key === 'points_expiring' ? 'flows.warnings.invalid' : 'flows.days.invalid';
      return data({ error: t(text) }, { status: 422 });
    }
    const change = parsed.data;
    const now = clock.now();
    return withShop(shopId, async (tx) => {
      if (change.intent === 'days') {
        await updateTriggerDays(tx, { shopId, key, days: change.days, now });
        return { saved: true as const };
      }
      await setFlowEnabled(tx, { shopId, key, enabled: change.enabled, now });
      return { enabled: change.enabled };
    });
  });
}

export default function Flow() {
  const { shop, flow, senderReady, hasGround, steps, runs, picture, definition } =
    useLoaderData<typeof loader>();
  const trigger = daysTrigger(definition);
  return (
    <AdminPage
      shop={shop}
      title={word('flows.name', flow.key)}
      subtitle={word('flows.about', flow.key)}
      titleMetadata={<FlowBadge enabled={flow.enabled} />}
      back={{ label: t('flows.title'), url: '/app/flows' }}
      primaryAction={<FlowSwitch flowKey={flow.key} enabled={flow.enabled} primary />}
    >
      <BlockStack gap="400">
        {!senderReady && <SenderBanner />}
        {!hasGround && <GroundBanner flowKey={flow.key} />}
        <FlowFigures flow={flow} />
        <FlowPicture picture={picture} counts={steps} />
        <InlineStack gap="400" wrap>
          {definition.exits.length > 0 && <ExitsCard definition={definition} />}
          {trigger && <TriggerDays key={daysText(trigger)} flowKey={flow.key} trigger={trigger} />}
        </InlineStack>
        <RunsCard page={runs} />
      </BlockStack>
    </AdminPage>
  );
}

function FlowFigures({ flow }: { flow: FlowPage['flow'] }) {
  const format = useFormat();
  return (
    <StatRow
      stats={[
        { label: t('flows.figure.running'), value: format.number(flow.running) },
        {
          label: t('flows.figure.entered'),
          value: format.number(flow.entered),
          note: t('common.last30Days'),
        },
        { label: t('flows.figure.sent'), value: format.number(flow.sent), note: t('common.last30Days') },
        { label: t('flows.figure.orders'), value: format.number(flow.orders), note: t('common.last30Days') },
        { label: t('flows.figure.revenue'), value: format.money(flow.revenue), note: t('common.last30Days') },
      ]}
    />
  );
}

function ExitsCard({ definition }: { definition: FlowDefinition }) {
  return (
    <Card>
      <BlockStack gap="200">
        <CardTitle>{t('flows.exits.title')}</CardTitle>
        <List>
          {definition.exits.map((exit) => (
            <List.Item key={exit}>
              <Text as="span">{t(`flows.exits.${exit}`)}</Text>
            </List.Item>
          ))}
        </List>
      </BlockStack>
    </Card>
  );
}

/** What starts a flow, if days do; null for flows that start with something else. */
function daysTrigger(definition: FlowDefinition): Extract<FlowTrigger, { days: unknown }> | null {
  for (const node of definition.nodes) {
    if (node.kind === 'trigger' && 'days' in node.trigger) return node.trigger;
  }
  return null;
}
