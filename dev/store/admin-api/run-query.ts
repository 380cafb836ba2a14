import {
  execute,
  GraphQLError,
  isObjectType,
  parse,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLTypeResolver,
} from 'graphql';
import type { Arguments, ApiContext, View } from './context';
import { loadAdminSchema } from './schema';

function isView(value: unknown): value is View {
  return typeof value === 'object' && value !== null && '__typename' in value;
}

function isResolver(value: unknown): value is (args: Arguments) => unknown {
  return typeof value === 'function';
}

const resolveField: GraphQLFieldResolver<unknown, ApiContext> = (source, args: Arguments, _api, info) => {
  if (!isView(source) || !(info.fieldName in source)) {
    throw new GraphQLError(`The stand-in does not implement ${info.parentType.name}.${info.fieldName}.`, {
      extensions: { code: 'NOT_IMPLEMENTED' },
    });
  }
  const value = source[info.fieldName];
  return isResolver(value) ? value(args) : value;
};

const resolveType: GraphQLTypeResolver<unknown, ApiContext> = (value, _api, info) => {
  if (!isView(value)) return undefined;
  const type = info.schema.getType(value.__typename);
  return isObjectType(type) ? type.name : undefined;
};

/** The document if Shopify's schema accepts it, else the errors Shopify would answer with. */
export function checkQuery(query: string): DocumentNode | readonly GraphQLError[] {
  try {
    const document = parse(query);
    const errors = validate(loadAdminSchema(), document);
    return errors.length === 0 ? document : errors;
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

export async function runDocument(
  api: ApiContext,
  root: View,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  operationName: string | null,
): Promise<ExecutionResult> {
  return execute({
    schema: loadAdminSchema(),
    document,
    rootValue: root,
    contextValue: api,
    variableValues: variables,
    operationName,
    fieldResolver: resolveField,
    typeResolver: resolveType,
  });
}
