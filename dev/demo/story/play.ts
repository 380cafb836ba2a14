import type { Stack } from '../stack';
import { steps } from './steps';
import { World } from './world';

/** Plays the whole story; prints each step with what was read back. Stops at the first step that did not hold. */
export async function playStory(stack: Stack, say: (line: string) => void): Promise<boolean> {
  const world = await World.open(stack);
  let held = 0;
  try {
    for (const [index, step] of steps.entries()) {
      const evidence = await step.play(world);
      held += 1;
      say(`${String(index + 1).padStart(2)}. ${step.title}`);
      for (const line of evidence) say(`      ${line}`);
    }
  } catch (error) {
    const failed = steps[held];
    say(
      `${String(held + 1).padStart(2)}. ${failed?.title ?? 'the end'}\n      did not hold: ${reason(error)}`,
    );
  } finally {
    await world.close();
  }
  say(`story: ${held} of ${steps.length} steps held`);
  return held === steps.length;
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} (${reason(error.cause)})`;
}
