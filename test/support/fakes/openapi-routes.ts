import type { Json } from './openapi-schemas.ts';

export interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header' | 'cookie';
  required?: boolean;
  schema?: Json;
}

/** What a document says of one method of one path, with its references followed. */
export interface Operation {
  query: Parameter[];
  /** It takes query parameters of names that the document cannot list, such as filters by field. */
  anyQuery: boolean;
  requestBody?: { required?: boolean; content?: Record<string, { schema?: Json }> } | undefined;
  responses: Record<string, { content?: Record<string, { schema?: Json }> } | undefined>;
}

export interface Routes {
  find(method: string, path: string): Operation | undefined;
}

interface Template {
  pattern: RegExp;
  /** How much of it is fixed: of several that fit, the most exact is meant. */
  fixed: number;
  operations: Map<string, Operation>;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

/** @param resolve follows a `$ref` */
export const createRoutes = (document: Json, resolve: <T>(value: T) => T, caseInsensitive: boolean): Routes => {
  const paths = document.paths as Record<string, Record<string, Json>>;
  const templates: Template[] = Object.entries(paths).map(([path, item]) => ({
    pattern: patternOf(path, caseInsensitive),
    fixed: path.replace(/\{[^}]+\}/g, '').length,
    operations: new Map(
      METHODS.flatMap((method) => {
        const said = item[method];
        return said
          ? [[method.toUpperCase(), operationOf(said, (item.parameters ?? []) as unknown as Parameter[], resolve)]]
          : [];
      }),
    ),
  }));
  templates.sort((one, other) => other.fixed - one.fixed);
  return {
    find: (method, path) =>
      templates.find(({ pattern, operations }) => operations.has(method) && pattern.test(path))?.operations.get(method),
  };
};

const patternOf = (path: string, caseInsensitive: boolean): RegExp => {
  const parts = path.split(/(\{[^}]+\})/).map((part) => (part.startsWith('{') ? '[^/]+' : escaped(part)));
  return new RegExp(`^${parts.join('')}/?$`, caseInsensitive ? 'i' : '');
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const operationOf = (said: Json, shared: Parameter[], resolve: <T>(value: T) => T): Operation => {
  const all = [...shared, ...((said.parameters ?? []) as Parameter[])].map(resolve);
  const query = all.filter((parameter) => parameter.in === 'query');
  const objects = query.filter(({ schema }) => resolve(schema)?.type === 'object');
  const responses = (said.responses ?? {}) as Record<string, object>;
  return {
    query: [...query.filter((one) => !objects.includes(one)), ...objects.flatMap((one) => exploded(one, resolve))],
    anyQuery: objects.length > 0,
    requestBody: said.requestBody ? resolve(said.requestBody as Operation['requestBody']) : undefined,
    responses: Object.fromEntries(Object.entries(responses).map(([status, one]) => [status, resolve(one)])),
  };
};

/** An object in a query is written out as one parameter for each of its properties. */
const exploded = ({ schema }: Parameter, resolve: <T>(value: T) => T): Parameter[] =>
  Object.entries((resolve(schema)?.properties ?? {}) as Record<string, Json>).map(([name, one]) => ({
    name,
    in: 'query',
    schema: one,
  }));
