import type { TSchema } from 'typebox';

/** Writes a handler's result as JSON. Only what the schema names is written: nothing internal slips out. */
export type Answer = (result: unknown) => string;

/** Compiles the writer of an answer. Costs some ms, so it is done at a route's first call. */
export const compileAnswer = async (schema: TSchema): Promise<Answer> => {
  const { build } = await import('fast-json-stringify');
  return build(schema as object);
};
