import { z } from 'zod';

export type RouteFunction = (input: {
  request: Request;
  params: Record<string, string>;
  context: object;
}) => Promise<unknown>;

const routeFunction = z.custom<RouteFunction>((value) => typeof value === 'function').optional();
const routeSchema = z.object({ loader: routeFunction, action: routeFunction });
const dataSchema = z.object({
  type: z.literal('DataWithResponseInit'),
  data: z.unknown(),
  init: z.object({ status: z.number().optional() }).nullish(),
});
const modules = import.meta.glob('../../../app/routes/*.{ts,tsx}');

/** The server's half of a file of app/routes. */
export async function loadRoute(file: string): Promise<z.infer<typeof routeSchema>> {
  const module = modules[`../../../app/routes/${file}`];
  if (!module) throw new Error(`${file} is not a route`);
  return routeSchema.parse(await module());
}

/** What a route answers, whichever way it does: a value, a response, either of them thrown. */
export async function answerOf(
  run: RouteFunction | undefined,
  request: Request,
  params: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  if (!run) throw new Error('the route has no such function');
  const outcome = await run({ request, params, context: {} }).catch((thrown: unknown) => {
    if (thrown instanceof Response) return thrown;
    throw thrown;
  });
  if (outcome instanceof Response) return { status: outcome.status, body: await outcome.text() };
  const wrapped = dataSchema.safeParse(outcome);
  const value = wrapped.success ? wrapped.data.data : outcome;
  return { status: wrapped.data?.init?.status ?? 200, body: JSON.stringify(await settled(value)) };
}

/** Loaders may send parts later. */
async function settled(value: unknown): Promise<unknown> {
  if (typeof value !== 'object' || value === null) return value;
  const entries = await Promise.all(
    Object.entries(value).map(async ([name, part]) => [name, await part] as const),
  );
  return Object.fromEntries(entries);
}
