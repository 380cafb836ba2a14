import { AppError } from '~/platform/errors';
import { answer } from '../answer';

/** Runs what a button asked for. What a rule refuses is said beside the button; what does not exist is not found. */
export async function act(work: () => Promise<unknown>): Promise<Response> {
  return answer(async () => {
    try {
      await work();
      return Response.json({ done: true });
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'not_found') throw error;
      return Response.json({ error: error.userMessage }, { status: 422 });
    }
  });
}
