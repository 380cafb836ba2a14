import { randomUUID } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import {
  GraphQLError,
  getOperationAST,
  OperationTypeNode,
  type DocumentNode,
  type ExecutionResult,
} from 'graphql';
import { z } from 'zod';
import { takeHttp500 } from '../faults';
import { readParam, readRawBody, readShopHeader } from '../http/request';
import { findAccessToken } from '../oauth/access-tokens';
import type { Shop } from '../state/model';
import type { Store } from '../store';
import { BulkOperations } from './bulk-operations';
import { computeActualCost, computeRequestedCost } from './cost';
import { mutationRoot } from './mutation-root';
import { queryRoot } from './query-root';
import { checkQuery, runDocument } from './run-query';
import { API_VERSION, loadAdminSchema } from './schema';
import { findMissingScope } from './scopes';
import { CostBucket } from './throttle';

const MAX_QUERY_COST = 1000;

const bodySchema = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});
type GraphqlBody = z.infer<typeof bodySchema>;

/** The shop a call belongs to, or why it is refused. */
function authenticate(
  store: Store,
  request: Request,
): { shop: Shop; scopes: readonly string[] } | { status: number; message: string } {
  const shop = store.findShop(readShopHeader(request));
  if (shop === null) return { status: 404, message: 'Not Found' };
  const token = findAccessToken(shop, request.get('x-shopify-access-token') ?? '');
  if (token === null) {
    return {
      status: 401,
      message: '[API] Invalid API key or access token (unrecognized login or wrong password)',
    };
  }
  return { shop, scopes: shop.scopes };
}

function parseBody(request: Request): GraphqlBody | null {
  try {
    const parsed = bodySchema.safeParse(JSON.parse(readRawBody(request).toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function describe(error: GraphQLError) {
  const { message, locations, path, extensions } = error.toJSON();
  return {
    message,
    locations,
    path,
    ...(extensions === undefined || Object.keys(extensions).length === 0 ? {} : { extensions }),
  };
}

function throttled(): GraphQLError {
  return new GraphQLError('Throttled', {
    extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' },
  });
}

/** The Admin GraphQL API of every shop, and the files of its bulk operations. */
export function adminApiRoutes(store: Store): Router {
  const router = Router();
  const bulk = new BulkOperations(store);
  const buckets = new Map<string, CostBucket>();

  const bucketOf = (shop: Shop): CostBucket => {
    const held = buckets.get(shop.domain) ?? new CostBucket();
    buckets.set(shop.domain, held);
    return held;
  };

  const answer = async (shop: Shop, scopes: readonly string[], body: GraphqlBody) => {
    const checked = checkQuery(body.query);
    if ('length' in checked) return { errors: checked.map(describe) };
    const variables = body.variables ?? {};
    const bucket = bucketOf(shop);
    const requested = computeRequestedCost(loadAdminSchema(), checked, variables);
    const cost = (actual: number | null) => ({
      cost: { requestedQueryCost: requested, actualQueryCost: actual, throttleStatus: bucket.status() },
    });
    if (requested > MAX_QUERY_COST) {
      const message = `Query cost is ${requested}, which exceeds the single query max cost limit (${MAX_QUERY_COST}).`;
      return {
        errors: [
          describe(
            new GraphQLError(message, {
              extensions: { code: 'MAX_COST_EXCEEDED', cost: requested, maxCost: MAX_QUERY_COST },
            }),
          ),
        ],
      };
    }
    if (store.faults.throttle) bucket.drain();
    if (!bucket.take(requested)) return { errors: [describe(throttled())], extensions: cost(null) };
    const denied = findMissingScope(checked, scopes);
    const result =
      denied === null ? await run(shop, scopes, checked, body) : { data: null, errors: [denied] };
    const actual = computeActualCost(result.data) + (isMutation(checked, body) ? 10 : 0);
    bucket.giveBack(Math.max(0, requested - actual));
    const errors =
      result.errors === undefined || result.errors.length === 0
        ? {}
        : { errors: result.errors.map(describe) };
    return { data: result.data ?? null, ...errors, extensions: cost(actual) };
  };

  const run = (
    shop: Shop,
    scopes: readonly string[],
    document: DocumentNode,
    body: GraphqlBody,
  ): Promise<ExecutionResult> => {
    const api = { store, shop, bulk: false, scopes };
    const root = isMutation(document, body) ? mutationRoot(api, bulk) : queryRoot(api, bulk);
    return runDocument(api, root, document, body.variables ?? {}, body.operationName ?? null);
  };

  router.post(`/admin/api/:version/graphql.json`, (request: Request, response: Response) => {
    void handle(request, response).catch((error: unknown) => {
      store.options.log(`admin api: ${String(error)}`);
      response.status(500).json({
        errors: [
          {
            message: `The stand-in failed: ${String(error)}`,
            extensions: { code: 'INTERNAL_SERVER_ERROR' },
          },
        ],
      });
    });
  });

  const handle = async (request: Request, response: Response): Promise<void> => {
    response.set('x-request-id', randomUUID());
    response.set('x-shopify-api-version', API_VERSION);
    if (takeHttp500(store.faults)) {
      response.status(500).json({ errors: 'Internal Server Error' });
      return;
    }
    if (readParam(request, 'version') !== API_VERSION) {
      response.status(404).json({ errors: `The stand-in has version ${API_VERSION} only.` });
      return;
    }
    const caller = authenticate(store, request);
    if ('status' in caller) {
      response.status(caller.status).json({ errors: caller.message });
      return;
    }
    const body = parseBody(request);
    if (body === null) {
      response.status(400).json({ errors: { query: 'Required parameter missing or invalid' } });
      return;
    }
    response.json(await answer(caller.shop, caller.scopes, body));
  };

  router.get('/bulk/:shop/:file', (request, response) => {
    const shop = store.findShop(readParam(request, 'shop'));
    const id = /^(\d+)\.jsonl$/.exec(readParam(request, 'file'))?.[1];
    const operation = shop === null || id === undefined ? null : bulk.find(shop, BigInt(id));
    if (operation?.result == null) response.status(404).send('There is no such file.');
    else response.type('application/jsonl').send(operation.result);
  });
  return router;
}

function isMutation(document: DocumentNode, body: GraphqlBody): boolean {
  return getOperationAST(document, body.operationName)?.operation === OperationTypeNode.MUTATION;
}
