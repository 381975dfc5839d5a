import { parseCookie } from 'cookie';
import type { FastifyRequest } from 'fastify';
import { conflict, forbidden, unauthenticated } from '#kernel/errors.ts';
import type { Permission } from '#kernel/route.ts';
import type { Role, Viewer } from '#kernel/viewer.ts';
import { SESSION_COOKIE } from './call.ts';
import type { HttpOptions } from './ports.ts';

/**
 * Who asks, and whether they may: resolves the viewer and holds it against a route's permission.
 * @throws AppError `unauthenticated`, `forbidden`, or `conflict` when the house is set up already
 */
export const authorize = async (
  request: FastifyRequest,
  permission: Permission,
  { resolveViewer, setupNeeded }: Pick<HttpOptions, 'resolveViewer' | 'setupNeeded'>,
): Promise<Viewer | null> => {
  const bearer = bearerOf(request);
  if (bearer === undefined) refuseOtherSites(request);
  if (permission === 'setup') {
    if (!(await setupNeeded())) throw conflict('There is an admin already. Sign in instead.');
    return null;
  }
  const token = bearer ?? sessionOf(request);
  const viewer = token === undefined ? undefined : await resolveViewer(token);
  if (permission === 'public') return viewer ?? null;
  if (!viewer) throw unauthenticated(refusalOf(token));
  if (!allows[permission].includes(viewer.role)) throw forbidden(demandOf[permission]);
  return viewer;
};

type Guarded = Exclude<Permission, 'public' | 'setup'>;

const allows: Record<Guarded, Role[]> = {
  guest: ['guest', 'user', 'admin'],
  user: ['user', 'admin'],
  admin: ['admin'],
};

const demandOf: Record<Guarded, string> = {
  guest: 'Sign in first.',
  user: 'Guests can only look; this needs the role user.',
  admin: 'This needs the role admin.',
};

const refusalOf = (token: string | undefined): string =>
  token === undefined ? 'Sign in first.' : 'This token is unknown or no longer valid. Sign in again.';

const bearerOf = (request: FastifyRequest): string | undefined => {
  const header = request.headers.authorization;
  if (header === undefined) return undefined;
  if (/^bearer /i.test(header)) return header.slice(7).trim();
  throw unauthenticated('Use "Authorization: Bearer" followed by an API token.');
};

const sessionOf = (request: FastifyRequest): string | undefined => {
  const header = request.headers.cookie;
  return header?.includes(SESSION_COOKIE) ? parseCookie(header)[SESSION_COOKIE] : undefined;
};

/**
 * Keeps other web sites from acting with a visitor's cookie, or from signing them in. Browsers tell where a request
 * comes from by Sec-Fetch-Site, on plain http by Origin; what sends neither is no browser and carries no cookie by itself.
 */
const refuseOtherSites = (request: FastifyRequest): void => {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return;
  if (!isSameOrigin(request)) throw forbidden('This request came from another web site and was not carried out.');
};

const isSameOrigin = (request: FastifyRequest): boolean => {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin } = request.headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === request.host);
};
