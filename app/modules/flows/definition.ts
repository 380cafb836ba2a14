import { z } from 'zod';
import { templateKeys } from '~/modules/messaging/types';

const key = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, { error: 'A step key is lower case, e.g. wait_a_day.' });
const minutes = z
  .number()
  .int()
  .min(0)
  .max(365 * 24 * 60);
const amount = z.string().regex(/^\d+(\.\d{1,4})?$/);

/**
 * What a time in a flow is counted from: entering the flow, reaching this step, the cart's last activity, the moment the
 * cart counts as abandoned (last activity plus the merchant's delay), or the first moment of the day on which points are
 * gone. Those of the cart follow the facts: a cart that is touched again moves them.
 */
export const timeAnchors = ['entry', 'step', 'cart_activity', 'cart_abandonment', 'points_due'] as const;

export const cartStates = ['open', 'abandoned', 'recovered', 'ordered', 'replaced', 'deleted'] as const;

/** So many days before something, the furthest first, each once. */
const warningDaysSchema = z
  .array(z.number().int().min(1).max(365))
  .min(1)
  .max(5)
  .refine((days) => days.every((day, n) => n === 0 || day < (days[n - 1] ?? 0)));

/** What starts a flow. Days since an order are periods of 24 hours, those before points expire the shop's calendar's. */
export const triggerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cart_abandoned') }),
  z.object({ kind: z.literal('first_order_paid') }),
  z.object({ kind: z.literal('days_since_last_order'), days: z.number().int().min(1).max(730) }),
  z.object({ kind: z.literal('points_expiring'), days: warningDaysSchema }),
  z.object({ kind: z.literal('tier_reached') }),
  /** Who entered within `restDays` does not enter again. */
  z.object({ kind: z.literal('reward_reached'), restDays: z.number().int().min(1).max(365) }),
  z.object({ kind: z.literal('order_paid'), restDays: z.number().int().min(1).max(365) }),
  /** A friend has their code. */
  z.object({ kind: z.literal('referral_claimed') }),
  /** An advocate got points for one. */
  z.object({ kind: z.literal('referral_rewarded') }),
]);

/** A yes-or-no question on facts with a type, answered anew each time a run stands at it. */
const conditionSchema = z.discriminatedUnion('fact', [
  z.object({ fact: z.literal('cart_state'), in: z.array(z.enum(cartStates)).min(1) }),
  z.object({ fact: z.literal('cart_total'), atLeast: amount }),
  z.object({ fact: z.literal('ordered_since_entry') }),
  z.object({ fact: z.literal('points_balance'), atLeast: z.number().int() }),
  z.object({ fact: z.literal('orders_count'), atLeast: z.number().int().min(0) }),
  z.object({ fact: z.literal('net_spend'), atLeast: amount }),
  z.object({ fact: z.literal('subscribed') }),
]);

const nodeSchema = z.discriminatedUnion('kind', [
  z.object({ key, kind: z.literal('trigger'), trigger: triggerSchema, next: key }),
  /** Waits until `minutes` after the anchor, and at least `leastMinutes` after reaching this step. */
  z.object({
    key,
    kind: z.literal('delay'),
    from: z.enum(timeAnchors),
    minutes,
    leastMinutes: minutes.default(0),
    next: key,
  }),
  z.object({ key, kind: z.literal('condition'), when: conditionSchema, yes: key, no: key }),
  /** `useful` says until when the mail makes sense; later the arbiter withholds it. */
  z.object({
    key,
    kind: z.literal('send'),
    templateKey: z.enum(templateKeys),
    message: z.enum(['marketing', 'transactional']),
    useful: z.object({ from: z.enum(timeAnchors), minutes }),
    next: key,
  }),
  z.object({ key, kind: z.literal('exit'), reason: z.enum(['completed', 'branch']) }),
]);

/** When one of these becomes true, a run ends wherever it stands; checked again before every send. */
export const exitConditions = [
  'order_placed',
  'order_undone',
  'unsubscribed',
  'cart_closed',
  'superseded',
  'points_kept',
  'tier_lost',
  'reward_lost',
  'programme_off',
  'offer_gone',
  'referral_undone',
] as const;

const draftSchema = z.object({
  key,
  exits: z.array(z.enum(exitConditions)),
  nodes: z.array(nodeSchema).min(2).max(100),
});

export type FlowNode = z.infer<typeof nodeSchema>;
export type FlowCondition = z.infer<typeof conditionSchema>;
export type ExitCondition = (typeof exitConditions)[number];
export type TimeAnchor = (typeof timeAnchors)[number];
export type FlowTrigger = z.infer<typeof triggerSchema>;
export type TriggerKind = FlowTrigger['kind'];

/**
 * A flow that can run: one trigger, every `next` exists, every step can be reached, no circles. Parsing anything else
 * fails with one issue per problem, naming the step.
 */
export const flowDefinitionSchema = draftSchema.superRefine((draft, context) => {
  for (const message of findProblems(draft)) context.addIssue({ code: 'custom', message });
});

export type FlowDefinition = z.infer<typeof flowDefinitionSchema>;

/** Where a run can go from a node. */
export function nextKeys(node: FlowNode): string[] {
  switch (node.kind) {
    case 'trigger':
    case 'delay':
    case 'send':
      return [node.next];
    case 'condition':
      return [node.yes, node.no];
    case 'exit':
      return [];
  }
}

/** The one trigger of a definition. */
export function triggerOf(definition: FlowDefinition): Extract<FlowNode, { kind: 'trigger' }> {
  const node = definition.nodes.find((candidate) => candidate.kind === 'trigger');
  if (!node) throw new Error(`flow ${definition.key} has no trigger`);
  return node;
}

function findProblems(draft: z.infer<typeof draftSchema>): string[] {
  const nodes = new Map(draft.nodes.map((node) => [node.key, node]));
  const triggers = draft.nodes.filter((node) => node.kind === 'trigger');
  const problems: string[] = [];
  if (nodes.size < draft.nodes.length) problems.push('Two steps have the same key.');
  if (triggers.length !== 1)
    problems.push(`A flow has exactly one trigger, this one has ${triggers.length}.`);
  for (const node of draft.nodes) {
    for (const next of nextKeys(node)) {
      const target = nodes.get(next);
      if (!target) problems.push(`Step "${node.key}" leads to "${next}", which does not exist.`);
      if (target?.kind === 'trigger') problems.push(`Step "${node.key}" leads back to the trigger.`);
    }
  }
  const [trigger] = triggers;
  if (problems.length > 0 || !trigger) return problems;
  const order = walkOrder(nodes, trigger.key);
  if (order === 'circle') return ['The steps run in a circle.'];
  const lost = draft.nodes.filter((node) => !order.has(node.key));
  return lost.map((node) => `Step "${node.key}" cannot be reached.`);
}

/** The keys reachable from `start`, or 'circle'. Depth first; a key that is met again while still open closes a circle. */
function walkOrder(nodes: Map<string, FlowNode>, start: string): Set<string> | 'circle' {
  const finished = new Set<string>();
  const open = new Set<string>();
  const visit = (nodeKey: string): boolean => {
    if (open.has(nodeKey)) return false;
    if (finished.has(nodeKey)) return true;
    const node = nodes.get(nodeKey);
    open.add(nodeKey);
    const fine = node === undefined || nextKeys(node).every(visit);
    open.delete(nodeKey);
    finished.add(nodeKey);
    return fine;
  };
  return visit(start) ? finished : 'circle';
}
