import { triggerOf, type FlowDefinition } from './definition';

/** The days of a flow that starts when time passes; null for others. */
export function triggerDays(definition: FlowDefinition): number | null {
  const { trigger } = triggerOf(definition);
  return trigger.kind === 'days_since_last_order' ? trigger.days : null;
}

/** The same flow with other days; unchanged when it doesn't start by time. */
export function withTriggerDays(definition: FlowDefinition, days: number | null): FlowDefinition {
  if (days === null) return definition;
  const nodes = definition.nodes.map((node) =>
    node.kind === 'trigger' && node.trigger.kind === 'days_since_last_order'
      ? { ...node, trigger: { ...node.trigger, days } }
      : node,
  );
  return { ...definition, nodes };
}
