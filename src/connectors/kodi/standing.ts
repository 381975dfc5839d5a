import { SECOND } from '#kernel/clock.ts';
import type { Standing, StandingChange, Written } from '#sync/media-server.ts';
import { type Kept, outcomeOf, valuesOf } from './change.ts';
import { type Entry, entryOf, episodesInFile, type KodiRow, readEntry, writeEntry } from './details.ts';
import { opinionOf, stateOf } from './items.ts';
import type { KodiZone } from './kodi-time.ts';
import type { KodiRpc } from './rpc.ts';

/** A Kodi, and the zone of its dates. */
export interface Kodi {
  rpc: KodiRpc;
  zone: KodiZone;
}

/** How an entry stands; null: Kodi has no such entry (any more). */
export const readStanding = async (kodi: Kodi, remoteId: string, signal: AbortSignal): Promise<Standing | null> => {
  const entry = entryOf(remoteId);
  const row = entry && (await readEntry(kodi.rpc, entry, signal));
  return row ? standingOf(kodi, entry, row, signal) : null;
};

/** Changes how an entry stands, and reads back what Kodi made of it. */
export const writeStanding = async (
  kodi: Kodi,
  remoteId: string,
  change: StandingChange,
  signal: AbortSignal,
): Promise<Written> => {
  const entry = entryOf(remoteId);
  const row = entry && (await readEntry(kodi.rpc, entry, signal));
  if (!row) return gone;
  const before = await standingOf(kodi, entry, row, signal);
  const kept = await keptBy(kodi, entry, row, change, signal);
  const values = valuesOf(change, before, kept, kodi.zone);
  if (Object.keys(values).length === 0) {
    return { ...outcomeOf(change, before, before), after: before, receipt: 'Nothing was sent.' };
  }
  const receipt = await writeEntry(kodi.rpc, entry, values, signal);
  const after = receipt === undefined ? null : await readStanding(kodi, remoteId, signal);
  return receipt === undefined || after === null ? gone : { ...outcomeOf(change, before, after), after, receipt };
};

const gone: Written = { outcome: 'gone', dropped: [], after: null, receipt: 'It is not there any more.' };

const standingOf = async (kodi: Kodi, entry: Entry, row: KodiRow, signal: AbortSignal): Promise<Standing> => {
  const opinion = opinionOf(row);
  const known = opinion ? { opinion } : {};
  if (!hasState(entry)) return known;
  const state = stateOf(row, kodi.zone);
  const inIt = state.position !== null && (await isFirstOfFile(kodi, entry, row, signal));
  return { ...known, state: inIt ? state : { ...state, position: null } };
};

const hasState = ({ kind }: Entry): boolean => kind === 'movie' || kind === 'episode' || kind === 'track';

const keptBy = async (
  kodi: Kodi,
  entry: Entry,
  row: KodiRow,
  { position }: StandingChange,
  signal: AbortSignal,
): Promise<Kept> => {
  const noPosition = entry.kind !== 'movie' && entry.kind !== 'episode';
  // Asked only where it decides: a write costs Kodi enough as it is.
  const first = noPosition || position === undefined || (await isFirstOfFile(kodi, entry, row, signal));
  return {
    state: hasState(entry),
    position: noPosition ? 'none' : first ? 'own' : 'shared',
    rating: entry.kind !== 'artist',
    durationMs: row.runtime ? row.runtime * SECOND : null,
  };
};

/** Whether a place in the file is told of this entry, see `lists.ts`. */
const isFirstOfFile = async (
  { rpc }: Kodi,
  { kind, id }: Entry,
  { file, tvshowid }: KodiRow,
  signal: AbortSignal,
): Promise<boolean> => {
  if (kind !== 'episode' || !file || tvshowid === undefined) return true;
  return (await episodesInFile(rpc, { tvshowid, file }, signal)).every((other) => other >= id);
};
