import { AppError } from '~/platform/errors';

/**
 * Runs a loader or an action and turns an error that is meant for people into an answer with its status, which `PageError`
 * shows. Anything else stays an unexpected error.
 */
export async function answer<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError)
      throw Response.json({ userMessage: error.userMessage }, { status: error.status });
    throw error;
  }
}
