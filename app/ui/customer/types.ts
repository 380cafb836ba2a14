/** What the actions of the customer page answer: done, or what to correct, by field. */
export type ProfileActionResult = { done: true } | { errors: { points?: string; reason?: string } };
