import {
  getNamedType,
  isCompositeType,
  Kind,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';

/**
 * What a query may cost at most: a mutation 10, an object 1, a scalar nothing; what lies under a connection counts once per
 * requested node. (Shopify's own formula is close to this but not published in full.)
 */
export function computeRequestedCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const typeInfo = new TypeInfo(schema);
  const factors: number[] = [1];
  let cost = 0;
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      OperationDefinition: (node) => {
        if (node.operation === OperationTypeNode.MUTATION) cost += 10;
      },
      Field: {
        enter: (node) => {
          const factor = factors.at(-1) ?? 1;
          const type = getNamedType(typeInfo.getType());
          const isConnection = type?.name.endsWith('Connection') === true;
          const isWrapper = ['edges', 'nodes', 'pageInfo'].includes(node.name.value);
          if (isCompositeType(type) && !isConnection && !isWrapper) cost += factor;
          if (isConnection) cost += factor;
          const size = node.arguments?.find(
            ({ name }) => name.value === 'first' || name.value === 'last',
          )?.value;
          const pieces =
            size?.kind === Kind.INT
              ? Number(size.value)
              : size?.kind === Kind.VARIABLE
                ? Number(variables[size.name.value] ?? 1)
                : 1;
          factors.push(isConnection ? factor * Math.max(1, pieces) : factor);
        },
        leave: () => {
          factors.pop();
        },
      },
    }),
  );
  return cost;
}

/** What the answer really cost: its objects, connections and pages not counted. */
export function computeActualCost(data: unknown): number {
  if (Array.isArray(data)) return data.reduce((sum: number, entry) => sum + computeActualCost(entry), 0);
  if (data === null || typeof data !== 'object') return 0;
  const entries = Object.entries(data);
  const inside = entries.reduce(
    (sum, [name, value]) => sum + (name === 'pageInfo' ? 0 : computeActualCost(value)),
    0,
  );
  return inside + (entries.some(([name]) => name === 'edges' || name === 'nodes') ? 0 : 1);
}
