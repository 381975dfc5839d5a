import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRoutes, type Operation } from './openapi-routes.ts';
import { createSchemas, type Json, type Schemas } from './openapi-schemas.ts';

/** Which document, and what its vendor leaves out of it. */
export interface OpenApiOptions {
  /** Below the folder of fixtures: `jellyfin/openapi-10.11.8.json`. */
  document: string;
  /** Prefixes of a path that the document does not repeat: `/emby`. */
  prefixes?: readonly string[];
  /** The server does not mind the case of paths and of parameters' names. */
  caseInsensitive?: boolean;
  /** A list in one parameter is parted by commas. */
  commaLists?: boolean;
  /** Fields that no schema names are departures; only for vendors whose documents are complete. Answers alone. */
  closed?: boolean;
  /** Requests that the vendor answers though its document does not name them: `GET /Users`. */
  undocumented?: readonly string[];
  /** Query parameters that are known everywhere, though the document does not say so: `X-Plex-Token`. */
  parameters?: readonly (string | RegExp)[];
  /** Query parameters that the document demands and the server does not. */
  optional?: readonly string[];
  /** Statuses that any request may be answered with, though the document does not say so. */
  statuses?: readonly number[];
}

/** One request and its answer, as they went over the wire. */
export interface Spoken {
  method: string;
  /** Path and query. */
  url: string;
  /** undefined: none was sent. */
  requestBody?: unknown;
  status: number;
  /** Content type of the answer; empty: it had no body. */
  contentType: string;
  /** Parsed where it is JSON. */
  responseBody?: unknown;
}

/** Holds what is spoken against a vendor's published description of its API. */
export interface OpenApi {
  /** Why nothing is checked; null: it is. */
  readonly skipped: string | null;
  /** Each departure with the request that it was seen in; none: all is as published. */
  departures(spoken: Spoken): string[];
}

/** Where the published documents and recordings lie, if they are on this machine. */
export const FIXTURES = join(import.meta.dirname, '../../../../shared/fixtures');

const loaded = new Map<string, OpenApi>();

/** Reads a document once for each set of options. Without the document nothing is checked, and `skipped` says so. */
export const loadOpenApi = (options: OpenApiOptions): OpenApi => {
  const key = `${options.document} ${JSON.stringify(options)}`;
  const known = loaded.get(key) ?? load(options);
  loaded.set(key, known);
  return known;
};

const load = (options: OpenApiOptions): OpenApi => {
  const file = join(FIXTURES, options.document);
  if (!existsSync(file)) {
    return { skipped: `Not held against ${options.document}: it is not on this machine.`, departures: () => [] };
  }
  const document = JSON.parse(readFileSync(file, 'utf8')) as Json;
  const schemas = createSchemas(document, { closed: options.closed ?? false });
  const routes = createRoutes(document, schemas.resolve, options.caseInsensitive ?? false);
  return {
    skipped: null,
    departures: (spoken) => {
      const { path, query } = split(spoken.url, options.prefixes ?? []);
      const what = `${spoken.method} ${path}`;
      const operation = routes.find(spoken.method, path);
      if (!operation)
        return isKnown(options, spoken.method, path) ? [] : [`${what}: the document knows no such request`];
      const refused = spoken.status >= 400;
      return [
        ...(refused ? [] : ofParameters(operation, query, schemas, options)),
        ...(refused ? [] : ofRequest(operation, spoken, schemas)),
        ...ofAnswer(operation, spoken, schemas, options),
      ].map((fault) => `${what}: ${fault}`);
    },
  };
};

const split = (url: string, prefixes: readonly string[]): { path: string; query: URLSearchParams } => {
  const { pathname, searchParams } = new URL(url, 'http://fake');
  const prefix = prefixes.find((one) => pathname.toLowerCase().startsWith(`${one.toLowerCase()}/`)) ?? '';
  return { path: decodeURI(pathname.slice(prefix.length)), query: searchParams };
};

const isKnown = ({ undocumented = [] }: OpenApiOptions, method: string, path: string): boolean =>
  undocumented.some((one) => {
    const [verb, pattern = ''] = one.split(' ');
    return verb === method && new RegExp(`^${pattern.replace(/\{[^}]+\}/g, '[^/]+')}$`, 'i').test(path);
  });

const ofParameters = (
  { query: known, anyQuery }: Operation,
  query: URLSearchParams,
  schemas: Schemas,
  options: OpenApiOptions,
): string[] => {
  const fold = (name: string) => (options.caseInsensitive ? name.toLowerCase() : name);
  const byName = new Map(known.map((parameter) => [fold(parameter.name), parameter]));
  const everywhere = (name: string) =>
    (options.parameters ?? []).some((one) => (typeof one === 'string' ? fold(one) === fold(name) : one.test(name)));
  const given = new Set([...query.keys()].map(fold));
  const missing = known.filter(
    ({ name, required }) => required && !given.has(fold(name)) && !options.optional?.includes(name),
  );
  const wrong = [...new Set(query.keys())].flatMap((name) => {
    const parameter = byName.get(fold(name));
    if (!parameter) return anyQuery || everywhere(name) ? [] : [`parameter ${name} is not known`];
    return schemas.ofParameter(parameter, query.getAll(name), options.commaLists ?? false);
  });
  return [...missing.map(({ name }) => `parameter ${name} is missing`), ...wrong];
};

const ofRequest = ({ requestBody }: Operation, { requestBody: body }: Spoken, schemas: Schemas): string[] => {
  if (body === undefined) return requestBody?.required ? ['the body is missing'] : [];
  if (!requestBody) return ['no body is expected'];
  const schema = jsonOf(requestBody.content)?.schema;
  return schema ? schemas.faults(schema, body, 'request').map((fault) => `body ${fault}`) : [];
};

const ofAnswer = (
  { responses }: Operation,
  { status, contentType, responseBody }: Spoken,
  schemas: Schemas,
  options: OpenApiOptions,
): string[] => {
  const response = responses[String(status)] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses.default;
  if (!response) return options.statuses?.includes(status) ? [] : [`status ${status} is not one of the document's`];
  if (!contentType.includes('json')) return [];
  const schema = jsonOf(response.content)?.schema;
  return schema ? schemas.faults(schema, responseBody, 'response').map((fault) => `answer ${fault}`) : [];
};

const jsonOf = (content: Record<string, { schema?: Json }> | undefined): { schema?: Json } | undefined =>
  content?.['application/json'] ?? Object.entries(content ?? {}).find(([type]) => type.includes('json'))?.[1];
