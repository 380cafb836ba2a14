import { fine, notFound, type RouteTries, type Shops, type Try } from './try';

const reward = {
  title: 'Free shipping',
  kind: 'free_shipping',
  value: '',
  points: '100',
  minimumSubtotal: '',
  validityDays: '',
  perCustomerLimit: '',
  variantId: '',
  choosesPoints: false,
  perUnit: '100',
  most: '',
  step: '100',
  tierIds: [],
  combinesWithOrder: false,
  combinesWithProduct: false,
  combinesWithShipping: false,
};

const adjustment = {
  source: 'file',
  name: 'points.csv',
  text: 'email,points\nnobody@nowhere.example,5',
  tier: '',
  since: '',
  points: '',
  reason: 'Sorry',
};

const campaign = {
  title: 'Double points',
  enabled: true,
  factor: '2',
  scope: 'all',
  productIds: [],
  collectionIds: [],
  tags: '',
  startsOn: '',
  endsOn: '',
  minimum: '',
  maxExtra: '',
};

const wayToEarn = {
  trigger: 'review',
  event: '',
  title: 'Write a review',
  enabled: true,
  points: '50',
  pendingDays: '0',
  startsOn: '',
  endsOn: '',
  capTimes: '',
  capPeriod: 'ever',
  minimum: '',
  url: '',
};

const tiers = {
  enabled: true,
  basis: 'net_spend',
  span: 'rolling_year',
  graceDays: '30',
  tiers: [
    { key: 'a', id: null, name: 'Own', threshold: '10', multiplier: '1.5', entryPoints: '5' },
    { key: 'b', id: 1, name: 'Other', threshold: '20', multiplier: '2', entryPoints: '0' },
  ],
};

export function loyaltyRoutes(shops: Shops): Record<string, RouteTries> {
  const { own, other } = shops;
  return {
    'app.loyalty.accounts.tsx': {
      loader: [fine('/app/loyalty/accounts'), fine('/app/loyalty/accounts?tab=month')],
      action: [{ ...fine('/app/loyalty/accounts'), json: { pointValue: '0.02', mode: 'age', days: '365' } }],
    },
    'app.loyalty.accounts_.export.tsx': {
      loader: [fine('/app/loyalty/accounts/export'), fine('/app/loyalty/accounts/export?unit=month')],
    },
    'app.loyalty.adjustments.tsx': {
      loader: [
        fine('/app/loyalty/adjustments'),
        fine(`/app/loyalty/adjustments?batch=${own.batchId}`),
        notFound(`/app/loyalty/adjustments?batch=${other.batchId}`),
      ],
      action: [
        { ...fine('/app/loyalty/adjustments'), json: { intent: 'create', key: 'k', draft: adjustment } },
        ...['start', 'undo'].map((intent) => ({
          ...fine('/app/loyalty/adjustments'),
          json: { intent, id: String(own.batchId) },
        })),
        ...['start', 'undo', 'discard'].map((intent) => ({
          ...notFound('/app/loyalty/adjustments'),
          json: { intent, id: String(other.batchId) },
        })),
      ],
    },
    'app.loyalty.setup.tsx': {
      loader: [fine('/app/loyalty/setup')],
      action: [
        {
          ...fine('/app/loyalty/setup'),
          json: { key: 'k', draft: { pointsPerUnit: '2', withReward: false } },
        },
      ],
    },
    'app.loyalty.connections.tsx': {
      loader: [fine('/app/loyalty/connections')],
      action: [{ ...fine('/app/loyalty/connections'), json: { shareStandings: true, tagTiers: true } }],
    },
    'app.loyalty.adjustments_.failed.tsx': {
      loader: [
        fine(`/app/loyalty/adjustments/failed?batch=${own.batchId}`),
        notFound(`/app/loyalty/adjustments/failed?batch=${other.batchId}`),
      ],
    },
    'app.loyalty._index.tsx': { loader: [fine('/app/loyalty')] },
    'app.loyalty.tiers.tsx': {
      loader: [fine('/app/loyalty/tiers')],
      action: [
        ...['preview', 'save'].map((intent) => ({
          ...fine('/app/loyalty/tiers'),
          json: { intent, draft: tiers },
        })),
        ...[own, other].map(({ rewardId }, index) => ({
          ...(index === 0 ? fine : notFound)('/app/loyalty/tiers'),
          json: {
            intent: 'benefits',
            draft: [{ tierId: 1, birthdayPoints: '5', giftRewardId: String(rewardId) }],
          },
        })),
      ],
    },
    'app.loyalty.rewards.tsx': {
      loader: [
        fine('/app/loyalty/rewards'),
        fine('/app/loyalty/rewards?reward=new'),
        fine(`/app/loyalty/rewards?reward=${own.rewardId}`),
        notFound(`/app/loyalty/rewards?reward=${other.rewardId}`),
      ],
      action: [own, other].flatMap(({ rewardId }, index): Try[] => {
        const attempt = index === 0 ? fine('/app/loyalty/rewards') : notFound('/app/loyalty/rewards');
        const id = String(rewardId);
        return [
          { ...attempt, json: { intent: 'switch', id, enabled: false } },
          { ...attempt, json: { intent: 'save', id, key: 'k', draft: reward } },
        ];
      }),
    },
    'app.loyalty.earning.tsx': {
      loader: [
        fine('/app/loyalty/earning'),
        fine('/app/loyalty/earning?way=birthday'),
        fine(`/app/loyalty/earning?way=${own.mark}`),
        notFound(`/app/loyalty/earning?way=${other.mark}`),
        fine('/app/loyalty/earning?campaign=new'),
        notFound('/app/loyalty/earning?campaign=77'),
      ],
      action: [
        { ...fine('/app/loyalty/earning'), json: { intent: 'preview', draft: wayToEarn } },
        { ...fine('/app/loyalty/earning'), json: { intent: 'save', draft: wayToEarn } },
        { ...fine('/app/loyalty/earning'), json: { intent: 'preview', campaign: null, draft: campaign } },
        { ...fine('/app/loyalty/earning'), json: { intent: 'save', campaign: null, draft: campaign } },
        { ...notFound('/app/loyalty/earning'), json: { intent: 'save', campaign: 77, draft: campaign } },
        { ...fine('/app/loyalty/earning'), json: { intent: 'rotate' } },
      ],
    },
  };
}
