/** Stops the story, with what is wrong, when something does not hold. */
export function check(holds: unknown, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
