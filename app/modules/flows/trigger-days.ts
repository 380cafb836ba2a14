import { triggerOf, type FlowDefinition, type FlowTrigger } from './definition';

/** The days of silence after which a flow starts; null for flows that start with something else. */
export function triggerDays(definition: FlowDefinition): number | null {
  const { trigger } = triggerOf(definition);
  return trigger.kind === 'days_since_last_order' ? trigger.days : null;
}

/** How many days before points expire a flow warns; null for flows that start with something else. */
export function warningDays(definition: FlowDefinition): number[] | null {
  const { trigger } = triggerOf(definition);
  return trigger.kind === 'points_expiring' ? trigger.days : null;
}

/** The same flow, started by this. */
export function withTrigger(definition: FlowDefinition, trigger: FlowTrigger): FlowDefinition {
  const nodes = definition.nodes.map((node) => (node.kind === 'trigger' ? { ...node, trigger } : node));
  return { ...definition, nodes };
}

/** The same flow with the days the merchant chose before, if it is still started by days. */
export function withChosenDays(definition: FlowDefinition, before: FlowDefinition): FlowDefinition {
  const { trigger: chosen } = triggerOf(before);
  const startsByDays = chosen.kind === 'days_since_last_order' || chosen.kind === 'points_expiring';
  return startsByDays && chosen.kind === triggerOf(definition).trigger.kind
    ? withTrigger(definition, chosen)
    : definition;
}
