export type { FlowDefinition, FlowNode, FlowCondition, FlowTrigger, TriggerKind } from './definition';
export type { FlowPicture } from './draw-flow';
import type { FlowDefinition, TriggerKind } from './definition';
import type { FlowPicture } from './draw-flow';

export const flowKeys = [
  'abandoned_checkout',
  'first_order_thank_you',
  'win_back',
  'points_expiring',
  'tier_up',
  'reward_available',
  'referral_invitation',
  'referral_welcome',
  'referral_reward',
] as const;
export type FlowKey = (typeof flowKeys)[number];

export type RunState = 'waiting' | 'done' | 'exited';

/** What happened to people, told to the flows so that runs whose definition says so can end. */
export type FlowEvent = 'order_placed' | 'unsubscribed' | 'cart_closed' | 'redacted';

/** Why a run ended. The texts for the merchant are in the admin's catalogue under these names. */
export type RunExitReason =
  | 'completed'
  | 'order_placed'
  | 'order_undone'
  | 'unsubscribed'
  | 'cart_closed'
  | 'superseded'
  | 'points_kept'
  | 'tier_lost'
  | 'reward_lost'
  | 'programme_off'
  | 'offer_gone'
  | 'referral_undone'
  | 'redacted'
  | 'merged'
  | 'error'
  | 'branch';

/** What a run is about, by id or day: never a name or an address. */
export interface RunContext {
  cartToken?: string;
  orderId?: string; // decimal text, JSON has no bigint
  dueDay?: string; // YYYY-MM-DD of the shop's calendar, the first day on which points are gone
  tierId?: string;
  rewardId?: string;
  referralId?: string;
}

/** One person entering a flow. `runKey` is the natural key of the cause: the same cause enters once. */
export interface FlowEntry {
  profileId: bigint;
  runKey: string;
  context: RunContext;
  /** When the cause happened; `now` when absent. Causes from before the flow was switched on do not enter. */
  occurredAt?: Date;
}

/** A flow is named by its key, or by what starts it. */
export type FlowChoice = { flowKey: FlowKey } | { trigger: TriggerKind };

export interface FlowSummary {
  key: string;
  enabled: boolean;
  enabledAt: Date | null;
  version: number;
  definition: FlowDefinition;
}

export interface FlowDetails extends FlowSummary {
  picture: FlowPicture;
}

export interface FlowCounts {
  entered: number;
  waiting: number;
  completed: number;
  heldOut: number;
  exited: { reason: string; runs: number }[];
  /** By node: runs that stand there now, and what the arbiter last said to those who asked there. */
  nodes: Record<string, NodeCounts>;
}

export interface NodeCounts {
  waiting: number;
  sent: number;
  withheld: { reason: string; runs: number }[];
}
