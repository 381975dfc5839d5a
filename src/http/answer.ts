import type { TSchema } from 'typebox';

/** Writes a handler's result as JSON. Only what the schema names is written: nothing internal slips out. */
export type Answer = (result: unknown) => string;

/** Compiles the writer of an answer. Costs some ms, so it is done at a route's first call. */
export const compileAnswer = async (schema: TSchema): Promise<Answer> => {
  const { build } = await import('fast-json-stringify');
  return build(withoutUnions(schema) as object);
};

/** A value or null is told as two types in one schema, which the writer takes in its stride; of a union it tries each branch. */
const withoutUnions = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(withoutUnions);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { anyOf, ...rest } = schema as { anyOf?: { type?: unknown }[] };
  const [value, none] = anyOf ?? [];
  if (anyOf?.length === 2 && typeof value?.type === 'string' && none?.type === 'null') {
    return { ...(withoutUnions(value) as object), ...rest, type: [value.type, 'null'] };
  }
  return Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, withoutUnions(part)]));
};
