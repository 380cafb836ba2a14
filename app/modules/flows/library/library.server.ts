import { contentHash } from '~/platform/crypto.server';
import { flowDefinitionSchema, type FlowDefinition } from '../definition';
import { abandonedCheckout } from './abandoned-checkout';
import { firstOrderThankYou } from './first-order-thank-you';
import { pointsExpiring } from './points-expiring';
import { referralInvitation } from './referral-invitation';
import { referralReward } from './referral-reward';
import { referralWelcome } from './referral-welcome';
import { rewardAvailable } from './reward-available';
import { tierUp } from './tier-up';
import { winBack } from './win-back';

export interface LibraryFlow {
  definition: FlowDefinition;
  /** Changes when the definition in the code does. */
  hash: string;
}

const flows = [
  abandonedCheckout,
  firstOrderThankYou,
  winBack,
  pointsExpiring,
  tierUp,
  rewardAvailable,
  referralInvitation,
  referralWelcome,
  referralReward,
];

/** The flows every shop has, ready to switch on. */
export const library: LibraryFlow[] = flows.map((flow) => {
  const definition = flowDefinitionSchema.parse(flow);
  return { definition, hash: contentHash(JSON.stringify(definition)) };
});
