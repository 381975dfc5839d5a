import type { Clock } from '#kernel/clock.ts';
import type { Connection } from '#sync/media-server.ts';
import { createHttp, type Http, type HttpLimits } from '../http.ts';
import type { PatienceBook } from '../patience.ts';

/** The vendor's own hosts, always the same: besides the address that a person named only these are asked. */
export interface PlexTv {
  /** Accounts and PINs. */
  site: string;
  /** Servers and switching within a Home. */
  clients: string;
  /** The page on which a person signs in; opened in a browser, never asked. */
  app: string;
}

export const plexTv: PlexTv = {
  site: 'https://plex.tv',
  clients: 'https://clients.plex.tv',
  app: 'https://app.plex.tv',
};

export interface PlexOptions {
  clock: Clock;
  limits: HttpLimits;
  patience: PatienceBook;
  plexTv: PlexTv;
}

export const PRODUCT = 'Leftoff';

/** Who we are; without the client identifier Plex answers with 400, or ignores what it is told. */
const introduced = (installation: string): Record<string, string> => ({
  accept: 'application/json',
  'x-plex-client-identifier': installation,
  'x-plex-product': PRODUCT,
  'x-plex-version': '1',
  'x-plex-device-name': PRODUCT,
});

export const tokenHeader = (token: string | null): Record<string, string> =>
  token === null ? {} : { 'x-plex-token': token };

/** A media server; the token differs by account and goes with each request. */
export const serverHttp = ({ address, installation }: Connection, { clock, limits, patience }: PlexOptions): Http =>
  createHttp({
    who: `Plex at ${address}`,
    hint: 'is Plex Media Server running, and is the port right? It listens on 32400 unless that was changed.',
    signInHint: 'Sign in with Plex again.',
    base: address,
    headers: introduced(installation),
    limits,
    patience: patience(address),
    clock,
  });

/** One of the vendor's own hosts. */
export const tvHttp = (base: string, installation: string, { clock, limits, patience }: PlexOptions): Http =>
  createHttp({
    who: new URL(base).host,
    hint: 'is this machine connected to the internet?',
    signInHint: 'Sign in with Plex again.',
    base,
    headers: introduced(installation),
    limits,
    patience: patience(base),
    clock,
  });
