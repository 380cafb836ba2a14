import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Text } from '@shopify/polaris';
import { z } from 'zod';
import {
  createAsset,
  deleteAsset,
  ensureProgramme,
  listAssets,
  findProgramme,
  listGroups,
  saveGroup,
  updateProgramme,
} from '~/modules/affiliates/index.server';
import type { AffiliateGroup } from '~/modules/affiliates/types';
import { getShopView, listChoices } from '~/modules/insights/index.server';
import type { ChoiceKind } from '~/modules/insights/types';
import { clock } from '~/platform/clock.server';
import { withShop, type Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { requireShop } from '~/shopify.server';
import { act } from '~/ui/affiliates/act';
import { AssetsCard } from '~/ui/affiliates/assets-card';
import { emptyGroup, findGroupMistakes, toGroupDraft } from '~/ui/affiliates/group-draft';
import { GroupForm } from '~/ui/affiliates/group-form';
import { ProgrammeForm } from '~/ui/affiliates/programme-form';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { t } from '~/ui/i18n';
import { titled } from '~/ui/page-meta';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';
export { keepPage as clientAction, keepData as shouldRevalidate } from '~/ui/keep-page';

export const meta = titled('affiliates.settings.title');

const unset = { title: null, intro: null, isOpen: true, minimumPayout: '0' };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  return answer(() =>
    withShop(shopId, async (tx) => {
      const programme = (await findProgramme(tx, { shopId })) ?? unset;
      const groups = await listGroups(tx, { shopId });
      const { title, intro, isOpen, minimumPayout } = programme;
      return {
        shop: await getShopView(tx, { shopId }),
        programme: { title, intro, isOpen, minimumPayout },
        assets: await listAssets(tx, { shopId }),
        chosen: await listChosen(tx, shopId, groups),
        groups: groups.map(({ id, name, members, rule }) => ({
          id,
          members,
          draft: toGroupDraft(name, rule),
        })),
      };
    }),
  );
}

/** The titles of what the rates of these groups are for. */
async function listChosen(tx: Tx, shopId: number, groups: AffiliateGroup[]) {
  const rates = groups.flatMap(({ rule }) => rule.rates);
  const of = (kind: ChoiceKind) => ({
    shopId,
    kind,
    ids: rates.flatMap(({ on, targets }) => (on === kind ? targets.map(BigInt) : [])),
    limit: 0,
  });
  return {
    products: await listChoices(tx, of('products')),
    collections: await listChoices(tx, of('collections')),
  };
}

const actionSchema = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('group'),
    id: z.number().int().positive().max(2_147_483_647).nullable(),
    key: z.string().min(1).max(100),
    draft: z.unknown(),
  }),
  z.object({ intent: z.literal('asset'), title: z.string(), url: z.string(), key: z.string() }),
  z.object({ intent: z.literal('removeAsset'), id: z.number().int().positive().max(2_147_483_647) }),
  z.object({
    intent: z.literal('programme'),
    title: z.string(),
    intro: z.string(),
    isOpen: z.boolean(),
    minimumPayout: z.string(),
  }),
]);

export async function action({ request }: ActionFunctionArgs) {
  const { shopId } = await requireShop(request);
  const input = actionSchema.parse(await request.json());
  const now = clock.now();
  return act(() =>
    withShop(shopId, async (tx) => {
      await ensureProgramme(tx, { shopId, now });
      if (input.intent === 'programme') {
        const { intent: _intent, ...changes } = input;
        return updateProgramme(tx, { shopId, changes, now });
      }
      if (input.intent === 'asset') return createAsset(tx, { ...input, shopId, now });
      if (input.intent === 'removeAsset') return deleteAsset(tx, { shopId, assetId: input.id });
      const found = findGroupMistakes(input.draft);
      if ('errors' in found) throw mistakes(Object.values(found.errors));
      return saveGroup(tx, { shopId, groupId: input.id, key: input.key, now, ...found });
    }),
  );
}

function mistakes(sentences: string[]): AppError {
  return new AppError('invalid', {
    message: 'group: mistakes in the form',
    userMessage: sentences.join(' '),
  });
}

export default function AffiliateSettings() {
  const { shop, programme, groups, assets, chosen } = useLoaderData<typeof loader>();
  return (
    <AdminPage
      shop={shop}
      title={t('affiliates.settings.title')}
      back={{ label: t('affiliates.title'), url: '/app/affiliates' }}
      narrowWidth
    >
      <BlockStack gap="400">
        {/* What was saved is where editing starts anew. */}
        <ProgrammeForm key={JSON.stringify(programme)} saved={programme} />
        <AssetsCard assets={assets} />
        <Text as="p" tone="subdued">
          {t('affiliates.group.versions')}
        </Text>
        {groups.map(({ id, members, draft }) => (
          <GroupForm
            key={`${id}-${JSON.stringify(draft)}`}
            id={id}
            members={members}
            saved={draft}
            chosen={chosen}
          />
        ))}
        <GroupForm id={null} members={0} saved={emptyGroup} chosen={chosen} />
      </BlockStack>
    </AdminPage>
  );
}
