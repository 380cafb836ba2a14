import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  buildClientSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  OperationTypeNode,
  parse,
  typeFromAST,
  validate,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type IntrospectionQuery,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';

const operationsDirectory = 'app/platform/shopify/operations';
const outputFile = 'app/platform/shopify/operations.generated.ts';
const schemaFile = 'node_modules/@shopify/dev-mcp/dist/data/admin_2026-07.json.gz';
const largestEnum = 40; // beyond that (currencies, countries) a string says as much

const header = `// Written by \`npm run graphql:generate\` from operations/*.graphql and the Admin API's schema 2026-07. Do not edit.
import { z } from 'zod';
`;

const scalars: Readonly<Record<string, string>> = {
  Boolean: 'z.boolean()',
  Int: 'z.number().int()',
  Float: 'z.number()',
  JSON: 'z.unknown()',
};

/**
 * The text of `operations.generated.ts`: for each operation its document and zod schemas of its variables and result.
 * Throws when an operation is not valid against the real schema.
 */
export async function generateOperations(): Promise<string> {
  const schema = await loadSchema();
  const files = (await readdir(operationsDirectory)).filter((name) => name.endsWith('.graphql')).sort();
  const parts = await Promise.all(files.map((file) => generateOperation(schema, file)));
  const options = await resolveConfig(outputFile);
  return format([header, ...parts].join('\n'), { ...options, parser: 'typescript' });
}

async function loadSchema(): Promise<GraphQLSchema> {
  const text = gunzipSync(await readFile(schemaFile)).toString('utf8');
  const { data } = z
    .object({ data: z.custom<IntrospectionQuery>((value) => typeof value === 'object') })
    .parse(JSON.parse(text));
  return buildClientSchema(data);
}

async function generateOperation(schema: GraphQLSchema, file: string): Promise<string> {
  const document = parse(await readFile(path.join(operationsDirectory, file), 'utf8'));
  const errors = validate(schema, document);
  if (errors.length > 0) throw new Error(`${file}: ${errors.map((error) => error.message).join('; ')}`);
  const operation = onlyOperation(document, file);
  const name = operation.name?.value ?? '';
  if (kebabCase(name) !== file.replace('.graphql', ''))
    throw new Error(
      `${file}: the operation is called ${name}, so the file should be ${kebabCase(name)}.graphql`,
    );
  const root =
    operation.operation === OperationTypeNode.MUTATION ? schema.getMutationType() : schema.getQueryType();
  if (!root) throw new Error(`${file}: only queries and mutations`);
  const variables = (operation.variableDefinitions ?? []).map((definition) => {
    const type = typeFromAST(schema, definition.type);
    if (!type || !isInputType(type))
      throw new Error(`${file}: unknown type of $${definition.variable.name.value}`);
    return `${definition.variable.name.value}: ${inputType(type)}`;
  });
  return `export const ${name.charAt(0).toLowerCase()}${name.slice(1)} = {
    name: ${JSON.stringify(name)},
    kind: ${JSON.stringify(operation.operation)},
    document: ${JSON.stringify(printed(operation))},
    variables: z.object({ ${variables.join(', ')} }),
    result: ${selection(schema, root, operation.selectionSet)},
  } as const;
  `;
}

function onlyOperation(document: DocumentNode, file: string): OperationDefinitionNode {
  const [definition, ...others] = document.definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION || others.length > 0)
    throw new Error(`${file}: exactly one operation, no fragments`);
  return definition;
}

/** The operation without comments and needless white space. */
function printed(operation: OperationDefinitionNode): string {
  const source = operation.loc?.source.body ?? '';
  return source
    .replaceAll(/^\s*#.*$/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** The schema of what a selection on a type gives. On an interface or union, each type with a fragment and "anything else". */
function selection(schema: GraphQLSchema, type: GraphQLCompositeType, set: SelectionSetNode): string {
  if (!isAbstractType(type)) return `z.object({ ${fieldsOf(schema, type, set).join(', ')} })`;
  const common = fieldsOf(schema, type, set);
  const variants = set.selections.flatMap((node) => {
    if (node.kind !== Kind.INLINE_FRAGMENT || !node.typeCondition) return [];
    const target = schema.getType(node.typeCondition.name.value);
    if (!isObjectType(target)) throw new Error('fragments on object types only');
    const fields = common.filter((field) => !field.startsWith('__typename:'));
    const own = fieldsOf(schema, target, node.selectionSet);
    const typename =
      common.length > fields.length ? [`__typename: z.literal(${JSON.stringify(target.name)})`] : [];
    return [`z.object({ ${[...typename, ...fields, ...own].join(', ')} })`];
  });
  if (variants.length === 0) return `z.object({ ${common.join(', ')} })`;
  return `z.union([${[...variants, `z.object({ ${common.join(', ')} })`].join(', ')}])`;
}

function fieldsOf(schema: GraphQLSchema, type: GraphQLCompositeType, set: SelectionSetNode): string[] {
  const fields = 'getFields' in type ? type.getFields() : {};
  return set.selections.flatMap((node) => {
    if (node.kind === Kind.FRAGMENT_SPREAD) throw new Error('named fragments are not supported');
    if (node.kind === Kind.INLINE_FRAGMENT) return [];
    const name = node.alias?.value ?? node.name.value;
    if (node.name.value === '__typename') return [`${name}: z.string()`];
    const field = fields[node.name.value];
    if (!field) throw new Error(`no field ${node.name.value} on ${type.name}`);
    return [`${name}: ${outputType(schema, field.type, node.selectionSet)}`];
  });
}

function outputType(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  set: SelectionSetNode | undefined,
): string {
  if (!isNonNullType(type)) return `${nonNullOutput(schema, type, set)}.nullable()`;
  return nonNullOutput(schema, type.ofType, set);
}

function nonNullOutput(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  set: SelectionSetNode | undefined,
): string {
  if (isListType(type)) return `z.array(${outputType(schema, type.ofType, set)})`;
  const named = getNamedType(type);
  if (isObjectType(named) || isAbstractType(named)) {
    if (!set) throw new Error(`${named.name} without a selection`);
    return selection(schema, named, set);
  }
  return leaf(named.name, isEnumType(named) ? named.getValues().map((value) => value.name) : null);
}

function inputType(type: GraphQLInputType): string {
  if (!isNonNullType(type)) return `${nonNullInput(type)}.nullish()`;
  return nonNullInput(type.ofType);
}

function nonNullInput(type: GraphQLInputType): string {
  if (isListType(type)) return `z.array(${inputType(type.ofType)})`;
  const named = getNamedType(type);
  if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields()).map((field) => `${field.name}: ${inputType(field.type)}`);
    return `z.object({ ${fields.join(', ')} })`;
  }
  return leaf(named.name, isEnumType(named) ? named.getValues().map((value) => value.name) : null);
}

function leaf(name: string, values: string[] | null): string {
  if (values && values.length <= largestEnum) return `z.enum(${JSON.stringify(values)})`;
  return scalars[name] ?? 'z.string()';
}

function kebabCase(name: string): string {
  return name.replaceAll(/(?<!^)([A-Z])/g, '-$1').toLowerCase();
}

if (process.argv[1]?.endsWith('graphql-generate.ts')) await writeFile(outputFile, await generateOperations());
