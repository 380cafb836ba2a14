import { defaultProgramme } from '~/modules/referrals/types';
import { toProgrammeDraft } from '~/ui/referrals/programme-draft';
import { both, fine, notFound, type RouteTries, type Shops, type Try } from './try';

const group = {
  name: 'Partners',
  kind: 'percent',
  value: '12',
  scope: 'lifetime',
  newCustomersOnly: true,
  holdDays: '14',
  windowDays: '60',
  rates: [],
};

export function partnerRoutes(shops: Shops): Record<string, RouteTries> {
  const { own, other } = shops;
  return {
    'app.referrals._index.tsx': {
      loader: [fine('/app/referrals'), fine('/app/referrals?tab=stopped')],
      action: (['fine', 'notFound'] as const).map((expected) => ({
        ...(expected === 'fine' ? fine : notFound)('/app/referrals'),
        json: {
          ids: [String((expected === 'fine' ? own : other).referralId)],
          decision: 'rejected',
          reason: 'because',
        },
      })),
    },
    'app.referrals.$id.tsx': {
      loader: both(shops, '/app/referrals/:id', ({ referralId }) => ({ id: String(referralId) })),
      action: both(shops, '/app/referrals/:id', ({ referralId }) => ({ id: String(referralId) })).map(
        (attempt) => ({
          ...attempt,
          json: { ids: [String(own.referralId)], decision: 'rejected', reason: 'because' },
        }),
      ),
    },
    'app.referrals.settings.tsx': {
      loader: [fine('/app/referrals/settings')],
      action: [{ ...fine('/app/referrals/settings'), json: toProgrammeDraft(defaultProgramme) }],
    },
    'app.affiliates._index.tsx': {
      loader: [fine('/app/affiliates'), fine('/app/affiliates?tab=applied')],
      action: [{ ...fine('/app/affiliates'), json: { intent: 'start' } }],
    },
    'app.affiliates.$id.tsx': {
      loader: both(shops, '/app/affiliates/:id', ({ affiliateId }) => ({ id: String(affiliateId) })),
      action: both(shops, '/app/affiliates/:id', ({ affiliateId }) => ({ id: String(affiliateId) })).flatMap(
        (attempt): Try[] => [
          { ...attempt, json: { intent: 'approve', groupId: own.affiliateGroupId } },
          { ...attempt, json: { intent: 'assign', code: 'NEWCODE' } },
          { ...attempt, json: { intent: 'withdraw', code: 'NEWCODE' } },
          {
            ...notFound('/app/affiliates/:id'),
            params: { id: String(own.affiliateId) },
            json: { intent: 'approve', groupId: other.affiliateGroupId },
          },
        ],
      ),
    },
    ...Object.fromEntries(
      ['', '_.export'].map((part) => [
        `app.affiliates.$id_.statements.$month${part}.tsx`,
        {
          loader: both(
            shops,
            `/app/affiliates/:id/statements/:month${part.replace('_.', '/')}`,
            ({ affiliateId }) => ({ id: String(affiliateId), month: '2026-05' }),
          ),
        },
      ]),
    ),
    'app.affiliates.payouts.tsx': {
      loader: [fine('/app/affiliates/payouts')],
      action: [
        {
          ...fine('/app/affiliates/payouts'),
          json: { intent: 'paid', id: String(own.payoutBatchId), reference: 'r' },
        },
        {
          ...notFound('/app/affiliates/payouts'),
          json: { intent: 'paid', id: String(other.payoutBatchId), reference: 'r' },
        },
        {
          ...notFound('/app/affiliates/payouts'),
          json: { intent: 'cancel', id: String(other.payoutBatchId) },
        },
      ],
    },
    'app.affiliates.payouts_.export.tsx': {
      loader: [
        fine(`/app/affiliates/payouts/export?batch=${own.payoutBatchId}`),
        notFound(`/app/affiliates/payouts/export?batch=${other.payoutBatchId}`),
      ],
    },
    'app.affiliates.settings.tsx': {
      loader: [fine('/app/affiliates/settings')],
      action: [
        {
          ...fine('/app/affiliates/settings'),
          json: { intent: 'group', id: own.affiliateGroupId, key: 'k', draft: group },
        },
        {
          ...notFound('/app/affiliates/settings'),
          json: { intent: 'group', id: other.affiliateGroupId, key: 'k', draft: group },
        },
      ],
    },
  };
}
