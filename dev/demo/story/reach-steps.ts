import { z } from 'zod';
import { check } from './check';
import { anything, eventually } from './clients';
import { buy, herPoints, member } from './loyalty-steps';
import type { Step } from './steps';
import type { World } from './world';

const fieldsSchema = z.array(z.object({ key: z.string(), value: z.string() }));
const customerSchema = z.object({
  admin_graphql_api_id: z.string(),
  email: z.string().nullable(),
  metafields: fieldsSchema,
});
const triggerSchema = z.object({ handle: z.string(), payload: z.record(z.string(), z.unknown()) });
const answerSchema = z.object({ status: z.number(), body: z.unknown() });
const trigger = 'loyalty-points-earned';
const given = 25;

/** What Shopify itself knows of the member, and what its workflows do with it. */
export const reachSteps: Step[] = [
  {
    title: 'Her points and her tier stand with the customer in Shopify, for themes and segments',
    async play(world) {
      const { balance, tier } = await herPoints(world);
      const { points, name } = await eventually('her points to stand in Shopify', async () => {
        const { metafields } = await herself(world);
        const field = (key: string) => metafields.find((one) => one.key === key)?.value;
        const told = { points: field('points'), name: field('tier') };
        return told.points === String(balance) && told.name === tier?.name ? told : undefined;
      });
      return [`fields of the customer: points ${points}, tier ${name}`];
    },
  },
  {
    title: 'Shopify Flow: an order’s points begin a workflow; a step that runs twice gives points once',
    async play(world) {
      const usage = await world.store(answerSchema, '/flow/usage', { handle: trigger, on: true });
      check(usage.status === 200, `the app answered ${usage.status} to the use of a trigger`);
      await world.moveClock(60_000); // what happened before starts no workflow
      const order = await buy(world);
      const { payload } = await eventually('the workflow to begin', async () => {
        const triggers = await world.store(z.array(triggerSchema), '/flow/triggers');
        return triggers.find((one) => one.handle === trigger && one.payload['Order'] === order.name);
      });
      const before = (await herPoints(world)).balance;
      const { admin_graphql_api_id: customerId } = await herself(world);
      const run = {
        handle: 'loyalty-add-points',
        runId: 'story-run-1',
        customerId,
        properties: { points: given, reason: 'Welcome gift' },
      };
      const answers = [
        await world.store(answerSchema, '/flow/actions', run),
        await world.store(answerSchema, '/flow/actions', run),
      ];
      check(
        answers.every(({ status }) => status === 200),
        `the app answered ${answers.map(({ status }) => status).join(', ')}`,
      );
      const after = (await herPoints(world)).balance;
      check(after === before + given, `${before} points became ${after}`);
      await world.store(anything, '/flow/usage', { handle: trigger, on: false });
      return [
        `trigger ${trigger} for order ${order.name}: ${String(payload['Points'])} points`,
        `run story-run-1 came twice: ${before} points became ${after}`,
      ];
    },
  },
];

async function herself(world: World): Promise<z.infer<typeof customerSchema>> {
  const customers = await world.store(z.array(customerSchema), '/customers');
  const found = customers.find(({ email }) => email === member.email);
  check(found !== undefined, 'the shop does not know her');
  return found;
}
