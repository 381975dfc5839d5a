import type { LocalOpinion, LocalState } from '#activity/standings/standings.ts';
import type { IncomingEpisode } from '#catalog/incoming.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { RemoteEvent, Shadow } from '../merge.ts';

/** A range of more episodes than this is not believed: more likely it is a mistake than one file. */
export const MOST_PARTS = 5;

/**
 * What is told of each episode that a remote one stands for, the first one first (decision 10). Of one that is single it
 * is what was told. Of a double one the first gets title and ids, which servers take from there; the others get their
 * number and what holds for all; none gets the length of the whole.
 */
export const partsOf = (facts: IncomingEpisode): [IncomingEpisode, ...IncomingEpisode[]] => {
  const { episodeNumberEnd: last, ...single } = facts;
  const first = facts.episodeNumber;
  if (first === undefined || last === undefined || last <= first) return [facts];
  if (last - first >= MOST_PARTS) return [withoutLength(single)];
  const further = Array.from({ length: last - first }, (_, index) => furtherPart(facts, first + index + 1));
  return [withoutLength(single), ...further];
};

const withoutLength = ({ runtimeMs: _, absoluteNumber: __, ...facts }: IncomingEpisode): IncomingEpisode => facts;

const furtherPart = (
  { seasonNumber, year, addedAt, releasedAt }: IncomingEpisode,
  episodeNumber: number,
): IncomingEpisode => ({
  title: '',
  seasonNumber,
  episodeNumber,
  externalIds: [],
  ...(year === undefined ? {} : { year }),
  ...(releasedAt === undefined ? {} : { releasedAt }),
  ...(addedAt === undefined ? {} : { addedAt }),
});

/** What {@link spread} and {@link gather} need to know of the items of a copy. */
export interface Parts {
  count: number;
  /** How long the first is, as the catalog has it; null: not known. */
  firstMs: Millis | null;
}

/**
 * What happened to a remote entry, as what happened to each item that it stands for. Watched, unwatched, plays and
 * opinions are each item's. A position counts only within the first item, whose beginning is the file's: where it stands
 * beyond, or where the length is not known, which item that is would be a guess; then they stand in none.
 */
export const spread = (event: RemoteEvent, parts: Parts): RemoteEvent[] => {
  if (parts.count <= 1) return [event];
  const { position, plays, ...whole } = event;
  const each: RemoteEvent = {
    ...whole,
    ...(plays ? { plays: plays.map(({ durationMs: _, ...play }) => play) } : {}),
  };
  const first = position && firstPosition(position, parts);
  return Array.from({ length: parts.count }, (_, index) =>
    index === 0 && first ? { ...each, position: first } : each,
  );
};

/** A position of the file as one of its first item; 0: they stand there no longer. undefined: it tells nothing. */
const firstPosition = (
  { positionMs, at }: NonNullable<RemoteEvent['position']>,
  { firstMs }: Parts,
): RemoteEvent['position'] => {
  if (firstMs === null) return undefined;
  return positionMs <= firstMs ? { positionMs, durationMs: firstMs, at } : { positionMs: 0, at };
};

/** How an account should show a leaf. */
export interface LeafStanding {
  state: LocalState;
  opinion: LocalOpinion;
}

/**
 * How a remote entry should stand, from how each of its items stands: watched once all of them are. What the items do not
 * tell of the whole is as the server shows it, so that nothing is written on account of it.
 * @param standings of all its items, the first one first; not empty
 * @param shadow as the entry was seen last; undefined: never
 */
export const gather = (
  standings: readonly LeafStanding[],
  { firstMs }: Pick<Parts, 'firstMs'>,
  shadow: Pick<Shadow, 'positionMs' | 'favourite' | 'rating'> | undefined,
): LeafStanding => {
  const [first] = standings;
  if (first !== undefined && standings.length === 1) return first;
  const states = standings.map(({ state }) => state);
  const watched = states.every((state) => state.watched);
  return {
    state: {
      watched,
      watchedAt: watched ? latest(states.map(marked)) : latest(states.filter((state) => !state.watched).map(marked)),
      position: wholePosition(states, watched, firstMs, shadow?.positionMs ?? null),
      // All of it was played as often as the item that was played least, and not since that one was.
      playCount: Math.min(...states.map((state) => state.playCount)),
      lastPlayedAt: (watched ? earliest : latest)(states.map((state) => state.lastPlayedAt)),
    },
    opinion: wholeOpinion(
      standings.map(({ opinion }) => opinion),
      shadow,
    ),
  };
};

const marked = ({ watchedAt }: LocalState): Instant | null => watchedAt;

const wholePosition = (
  states: readonly LocalState[],
  watched: boolean,
  firstMs: Millis | null,
  shown: Millis | null,
): LocalState['position'] => {
  const [first, ...others] = states;
  const asShown = shown === null ? null : { positionMs: shown, durationMs: null, at: 0 };
  if (first === undefined || firstMs === null) return watched && states.every(restsNowhere) ? null : asShown;
  if (first.position !== null) return { ...first.position, durationMs: null };
  if (others.some((state) => state.position !== null)) return asShown;
  if (watched) return null;
  // Only what was taken from there is cleared there: a position within the first item, of which nothing was seen since.
  const ours = shown !== null && shown <= firstMs && !first.watched;
  return ours ? null : asShown;
};

const restsNowhere = ({ position }: LocalState): boolean => position === null;

/** What all items have in common; else what is shown, said by nobody. */
const wholeOpinion = (
  opinions: readonly LocalOpinion[],
  shadow: Pick<Shadow, 'favourite' | 'rating'> | undefined,
): LocalOpinion => {
  const [first] = opinions;
  const liked = opinions.every(({ favourite }) => favourite === first?.favourite);
  const rated = opinions.every(({ rating }) => rating === first?.rating);
  return {
    favourite: liked ? (first?.favourite ?? false) : (shadow?.favourite ?? false),
    favouriteAt: liked ? latest(opinions.map(({ favouriteAt }) => favouriteAt)) : null,
    rating: rated ? (first?.rating ?? null) : (shadow?.rating ?? null),
    ratedAt: rated ? latest(opinions.map(({ ratedAt }) => ratedAt)) : null,
  };
};

const known = (instants: readonly (Instant | null)[]): Instant[] => instants.flatMap((at) => at ?? []);
const latest = (instants: readonly (Instant | null)[]): Instant | null =>
  known(instants).reduce<Instant | null>((most, at) => (most === null || at > most ? at : most), null);
const earliest = (instants: readonly (Instant | null)[]): Instant | null =>
  known(instants).reduce<Instant | null>((least, at) => (least === null || at < least ? at : least), null);
