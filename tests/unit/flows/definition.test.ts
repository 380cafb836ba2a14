import { describe, expect, it } from 'vitest';
import { flowDefinitionSchema } from '~/modules/flows/definition';
import { drawFlow } from '~/modules/flows/draw-flow';
import { abandonedCheckout } from '~/modules/flows/library/abandoned-checkout';
import { firstOrderThankYou } from '~/modules/flows/library/first-order-thank-you';
import { pointsExpiring } from '~/modules/flows/library/points-expiring';
import { rewardAvailable } from '~/modules/flows/library/reward-available';
import { tierUp } from '~/modules/flows/library/tier-up';
import { winBack } from '~/modules/flows/library/win-back';

const trigger = { key: 'start', kind: 'trigger', trigger: { kind: 'cart_abandoned' }, next: 'wait' };
const wait = { key: 'wait', kind: 'delay', from: 'step', minutes: 60, next: 'ask' };
const ask = {
  key: 'ask',
  kind: 'condition',
  when: { fact: 'points_balance', atLeast: 100 },
  yes: 'end',
  no: 'stop',
};
const end = { key: 'end', kind: 'exit', reason: 'completed' };
const stop = { key: 'stop', kind: 'exit', reason: 'branch' };

function problems(nodes: unknown[]): string[] {
  const result = flowDefinitionSchema.safeParse({ key: 'tried_out', exits: [], nodes });
  return result.success ? [] : result.error.issues.map((issue) => issue.message);
}

describe('a flow definition', () => {
  it('is accepted when it can run, as are those we ship', () => {
    expect(problems([trigger, wait, ask, end, stop])).toEqual([]);
    for (const flow of [
      abandonedCheckout,
      firstOrderThankYou,
      winBack,
      pointsExpiring,
      tierUp,
      rewardAvailable,
    ]) {
      expect(flowDefinitionSchema.parse(flow)).toEqual(flow);
    }
  });

  it.each([
    ['a step that leads nowhere', [trigger, wait, ask, end], /"ask" leads to "stop"/],
    ['a circle', [trigger, wait, { ...ask, no: 'wait' }, end], /circle/],
    ['a step out of reach', [trigger, wait, { ...ask, no: 'end' }, end, stop], /"stop" cannot be reached/],
    ['no trigger', [wait, ask, end, stop], /exactly one trigger/],
    ['two triggers', [trigger, { ...trigger, key: 'again' }, wait, ask, end, stop], /exactly one trigger/],
    ['a way back to the trigger', [trigger, wait, { ...ask, no: 'start' }, end], /back to the trigger/],
    ['two steps of one name', [trigger, wait, wait, ask, end, stop], /same key/],
    [
      'a question nobody can answer',
      [trigger, wait, { ...ask, when: { fact: 'star_sign' } }, end, stop],
      /./,
    ],
    ['a mail we do not have', [trigger, { ...wait, kind: 'send', templateKey: 'spam' }, ask, end, stop], /./],
  ])('is refused with %s', (_what, nodes, message) => {
    expect(problems(nodes).join(' ')).toMatch(message);
  });

  it('is drawn with each step below those that lead to it and both ways out of a question', () => {
    const picture = drawFlow(
      flowDefinitionSchema.parse({ key: 'tried_out', exits: [], nodes: [trigger, wait, ask, end, stop] }),
    );
    expect(picture.edges).toEqual([
      { id: 'start', source: 'start', target: 'wait' },
      { id: 'wait', source: 'wait', target: 'ask' },
      { id: 'ask:yes', source: 'ask', target: 'end', branch: 'yes' },
      { id: 'ask:no', source: 'ask', target: 'stop', branch: 'no' },
    ]);
    const place = new Map(picture.nodes.map((node) => [node.id, node.position]));
    for (const edge of picture.edges)
      expect(place.get(edge.target)!.y).toBeGreaterThan(place.get(edge.source)!.y);
    expect(new Set(picture.nodes.map((node) => JSON.stringify(node.position))).size).toBe(5);
  });
});
