import { profileTabs } from '~/modules/insights/types';
import { both, fine, notFound, type RouteTries, type Shops, type Try } from './try';

export function customerRoutes(shops: Shops): Record<string, RouteTries> {
  const { own, other } = shops;
  return {
    'app.customers._index.tsx': {
      loader: [fine('/app/customers'), fine('/app/customers?q=anna')],
    },
    'app.customers.$id.tsx': {
      loader: profileTabs.flatMap((tab) =>
        both(shops, `/app/customers/:id?tab=${tab}`, ({ profileId }) => ({ id: String(profileId) })),
      ),
      action: both(shops, '/app/customers/:id', ({ profileId }) => ({ id: String(profileId) })).flatMap(
        (attempt): Try[] => [
          {
            ...attempt,
            form: { intent: 'adjust', key: `p${attempt.expect}`, points: '5', reason: 'because' },
          },
          {
            ...attempt,
            form: { intent: 'consent', key: `c${attempt.expect}`, state: 'subscribed' },
          },
          { ...attempt, form: { intent: 'noBirthday' } },
          { ...attempt, form: { intent: 'birthday', month: '5', day: '1' } },
          {
            ...attempt,
            form: { intent: 'referralLink' },
          },
          {
            ...attempt,
            form: {
              intent: 'giveBack',
              redemptionId: String((attempt.expect === 'fine' ? own : other).redemptionId),
            },
          },
          {
            ...notFound('/app/customers/:id'),
            params: { id: String(own.profileId) },
            form: { intent: 'giveBack', redemptionId: String(other.redemptionId) },
          },
          {
            ...notFound('/app/customers/:id'),
            params: { id: String(own.profileId) },
            form: { intent: 'redeem', key: 'r', rewardId: String(other.rewardId) },
          },
          {
            ...notFound('/app/customers/:id'),
            params: { id: String(own.profileId) },
            form: { intent: 'settle', paid: 'yes', redemptionId: String(other.redemptionId) },
          },
        ],
      ),
    },
  };
}
