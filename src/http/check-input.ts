import type { ErrorObject, ValidateFunction } from 'ajv';
import type { TSchema } from 'typebox';
import { type Fault, invalid } from '#kernel/errors.ts';
import type { Route } from '#kernel/route.ts';

/** The parts of a request that a route has schemas for. */
export interface Input {
  params: unknown;
  query: unknown;
  body: unknown;
}

/**
 * Checks a request's parts in place: texts of the address become numbers and flags, defaults are filled in.
 * @throws AppError `invalid` that names every fault with its path
 */
export type InputCheck = (input: Input) => void;

/** Faults told of one request at the most: nobody reads more, and a large body could hold thousands. */
const MOST_FAULTS = 20;

/** Compiles the check of a route. Costs some ms a route, so it is done at a route's first call. */
export const compileInputCheck = async (route: Route): Promise<InputCheck> => {
  loaded ??= load();
  const compilers = await loaded;
  const parts = [
    part('params', route.params, compilers.fromAddress),
    part('query', route.query, compilers.fromAddress),
    part('body', route.body, compilers.fromBody),
  ].filter((each) => each !== undefined);
  return (input) => {
    const faults: Fault[] = [];
    for (const { name, validate } of parts) if (!validate(input[name])) faults.push(...faultsOf(name, validate.errors));
    if (faults.length > 0) throw invalid(summary(faults), faults.slice(0, MOST_FAULTS));
  };
};

interface Compilers {
  /** Parameters and query come as text and are turned into what the schema wants. */
  fromAddress(schema: TSchema): ValidateFunction;
  /** Bodies are taken as they are: `"1"` is not a number, and an unknown field is a fault. */
  fromBody(schema: TSchema): ValidateFunction;
}

let loaded: Promise<Compilers> | undefined;

const load = async (): Promise<Compilers> => {
  const [{ Ajv }, { default: formats }] = await Promise.all([import('ajv'), import('ajv-formats')]);
  const compiler = (coerceTypes: false | 'array') => {
    const ajv = new Ajv({
      allErrors: true,
      verbose: true,
      coerceTypes,
      useDefaults: true,
      removeAdditional: false,
      strict: true,
      // A text like 1e400 becomes Infinity after its type was checked; strictly, its bounds would then not be looked at.
      strictNumbers: coerceTypes === false,
      strictTypes: false,
      strictTuples: false,
      strictRequired: false,
    });
    formats.default(ajv);
    return (schema: TSchema) => ajv.compile(schema);
  };
  return { fromAddress: compiler('array'), fromBody: compiler(false) };
};

const part = (name: keyof Input, schema: TSchema | undefined, compile: (schema: TSchema) => ValidateFunction) =>
  schema === undefined ? undefined : { name, validate: compile(schema) };

const summary = (faults: Fault[]): string =>
  faults.length === 1 && faults[0]
    ? `${faults[0].path === '' ? 'The body' : `"${faults[0].path}"`} ${faults[0].message}.`
    : `${faults.length} things in the request are not right.`;

const faultsOf = (name: keyof Input, errors: ErrorObject[] | null | undefined): Fault[] =>
  withoutBranches(errors ?? []).map((error) => faultOf(name, error));

/**
 * Where one of several forms was wanted, ajv tells the faults of every form. Told is what lies deeper, when one form got
 * further; else one fault that lists the forms.
 */
const withoutBranches = (errors: ErrorObject[]): ErrorObject[] => {
  const unions = errors.filter((error) => error.keyword === 'anyOf' || error.keyword === 'oneOf');
  const within = (union: ErrorObject) => errors.filter((error) => error.schemaPath.startsWith(`${union.schemaPath}/`));
  const dropped = new Set(
    unions.flatMap((union) => {
      const branches = within(union);
      const further = branches.filter((error) => isFurther(error, union));
      return further.length > 0 ? [union, ...branches.filter((error) => !further.includes(error))] : branches;
    }),
  );
  return errors.filter((error) => !dropped.has(error));
};

/** Whether a form was the one that was meant: what is wrong lies deeper, or is a bound and not the type. */
const isFurther = (error: ErrorObject, union: ErrorObject): boolean =>
  error.instancePath !== union.instancePath || !['type', 'const', 'enum', 'not'].includes(error.keyword);

const faultOf = (name: keyof Input, error: ErrorObject): Fault => {
  const at = error.instancePath.slice(1).replaceAll('/', '.');
  const inside = (field: unknown) => (at === '' ? String(field) : `${at}.${String(field)}`);
  switch (error.keyword) {
    case 'required':
      return { path: inside(error.params.missingProperty), message: 'is missing' };
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return {
        path: inside(error.params.additionalProperty ?? error.params.unevaluatedProperty),
        message: 'is not known here',
      };
    case 'enum':
      return { path: at, message: `must be one of ${list(error.params.allowedValues)}` };
    case 'const':
      return { path: at, message: `must be ${JSON.stringify(error.params.allowedValue)}` };
    case 'anyOf':
    case 'oneOf':
      return { path: at, message: `must be ${formsOf(error)}` };
    case 'type':
      if (at === '' && name === 'body') return { path: '', message: 'must be a JSON object' };
      return { path: at, message: `must be ${String(error.params.type).replaceAll(',', ' or ')}` };
  }
  return { path: at, message: error.message ?? 'is not right' };
};

const list = (values: unknown): string =>
  Array.isArray(values) ? values.map((v) => JSON.stringify(v)).join(', ') : '';

/** What a union takes, read from its schema: literals by value, others by type. */
const formsOf = (error: ErrorObject): string => {
  const forms: unknown = error.schema;
  if (!Array.isArray(forms)) return 'of another form';
  return forms
    .map((form: { const?: unknown; type?: unknown }) => ('const' in form ? JSON.stringify(form.const) : form.type))
    .map((form) => (typeof form === 'string' ? form : 'of another form'))
    .join(' or ');
};
