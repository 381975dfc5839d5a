import type { Static, TObject, TSchema } from 'typebox';
import type { Viewer } from './viewer.ts';

/**
 * Who may call a route. `public`: anyone; `guest`: anyone signed in; `user`: those who may record activity;
 * `admin`: who runs the house; `setup`: anyone, as long as there is no admin yet.
 */
export type Permission = 'public' | 'setup' | 'guest' | 'user' | 'admin';

/** What a handler gets: the viewer (null only on `public` and `setup` routes) and the checked parts of the request. */
export interface Call<P, Q, B> {
  viewer: Viewer | null;
  params: P;
  query: Q;
  body: B;
  /** Facts of the connection, for rate limits and devices. */
  remote: { address: string; userAgent: string };
  /** Hands a session's token to the browser as a cookie; null takes it away. */
  setSession(token: string | null, expiresAt?: number): void;
  /** Ends when the caller hangs up or the server stops. */
  signal: AbortSignal;
}

/** One event of a stream. */
export interface StreamEvent {
  /** What a reader sends back as `Last-Event-ID` to go on after this event; absent: the former one stays. */
  id?: string;
  /** Its kind. */
  event: string;
  data: unknown;
}

/** What the handler of a stream gets besides. Until the first `send` it may still throw; the stream ends when it returns. */
export interface Streaming<E> {
  /** The id of the last event that the reader took before it was cut off; null: it begins anew. */
  lastEventId: string | null;
  /** Who the caller's token stands for by now; null when it is over or may no longer call this. */
  viewerNow(): Promise<Viewer | null>;
  /** Writes events and waits until there is room for more. A reader that makes none is cut off; then `signal` ends. */
  send(events: readonly (StreamEvent & { data: E })[]): Promise<void>;
}

/** An answer that is JSON already, as its route's schema has it: sent as it is. For what is written once and sent often. */
export class Written {
  readonly json: string;
  constructor(json: string) {
    this.json = json;
  }
}

/** A body as it came, whatever its type. */
export interface RawBody {
  /** As it was told; empty: it was not. */
  contentType: string;
  bytes: Uint8Array;
}

/** A route as `http/` mounts it. Slices make these with {@link route}; they know nothing of the server. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under `/api/v1`, with `:name` for parameters. */
  path: string;
  permission: Permission;
  tag: string;
  summary: string;
  /** The operation's name in the API document and in the generated client. */
  operationId: string;
  params?: TObject;
  query?: TObject;
  body?: TSchema;
  /** The body is not read as JSON nor checked: it is handed on as a {@link RawBody}. Made with {@link rawRoute}. */
  raw?: true;
  /** The success answer; absent: 204 without a body. */
  response?: TSchema;
  status?: 200 | 201 | 202 | 204;
  /**
   * How a request with an `Idempotency-Key` is carried out once. `unit`: the handler is one unit of work and awaits only
   * the database, so the key is saved in it. `secret`: its answer is not kept. Else the key is taken before and noted after.
   */
  once?: 'unit' | 'secret';
  /** Answers a stream of server-sent events, each with data as `response` says. Made with {@link streamRoute}. */
  stream?: true;
  handle(call: Call<unknown, unknown, unknown> & Partial<Streaming<unknown>>): unknown;
}

type Of<S> = S extends TSchema ? Static<S> : undefined;

interface Definition<Per extends Permission, P, Q, B, R> {
  method: Route['method'];
  path: string;
  permission: Per;
  tag: string;
  summary: string;
  operationId: string;
  params?: P;
  query?: Q;
  body?: B;
  response?: R;
  status?: Route['status'];
  once?: Route['once'];
  handle(
    call: Omit<Call<Of<P>, Of<Q>, Of<B>>, 'viewer'> & {
      viewer: Per extends 'public' | 'setup' ? Viewer | null : Viewer;
    },
  ): R extends TSchema ? Static<R> | Written | Promise<Static<R> | Written> : void | Promise<void>;
}

/** Declares a route; the handler's arguments and answer are typed by its schemas. */
export const route = <
  const Per extends Permission,
  P extends TObject | undefined = undefined,
  Q extends TObject | undefined = undefined,
  B extends TSchema | undefined = undefined,
  R extends TSchema | undefined = undefined,
>(
  definition: Definition<Per, P, Q, B, R>,
): Route => definition as unknown as Route;

interface RawDefinition<P, R extends TSchema> {
  path: string;
  permission: 'public';
  tag: string;
  summary: string;
  operationId: string;
  params?: P;
  response: R;
  status: 200 | 202;
  handle(call: Omit<Call<Of<P>, undefined, RawBody>, 'viewer' | 'setSession'>): Promise<Static<R>>;
}

/** Declares a route for what others post in a form of their own: bytes of any content type, as many as any body may have. */
export const rawRoute = <P extends TObject | undefined = undefined, R extends TSchema = TSchema>(
  definition: RawDefinition<P, R>,
): Route => ({ ...definition, method: 'POST', raw: true }) as unknown as Route;

interface StreamDefinition<Q, R extends TSchema> {
  path: string;
  permission: 'guest' | 'user' | 'admin';
  tag: string;
  summary: string;
  operationId: string;
  query?: Q;
  /** The data of each event. */
  response: R;
  handle(
    call: Omit<Call<undefined, Of<Q>, undefined>, 'viewer' | 'setSession'> & Streaming<Static<R>> & { viewer: Viewer },
  ): Promise<void>;
}

/** Declares a route that answers a stream of events for as long as its handler runs. */
export const streamRoute = <Q extends TObject | undefined = undefined, R extends TSchema = TSchema>(
  definition: StreamDefinition<Q, R>,
): Route => ({ ...definition, method: 'GET', stream: true }) as unknown as Route;
