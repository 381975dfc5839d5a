import type { Specials } from '#activity/series/order.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { IsolationMode } from '#kernel/viewer.ts';

/**
 * The naive model: it keeps what was done in a list and, asked, plays it through leaf by leaf. No marks on containers, no
 * scopes, no pointers, no counts.
 */

export interface Leaf {
  id: MediaItemId;
  /** Itself and what it is in, the library last. */
  chain: MediaItemId[];
  series: MediaItemId | null;
  order: [season: number, episode: number];
  addedAt: number;
  releasedAt: number | null;
  here: boolean;
  /** Whether the restricted viewer may see it. */
  open: boolean;
}

/** One device user, in the mode it has by now. */
export interface Device {
  isolation: IsolationMode;
}

export interface Done {
  by: Device;
  at: number;
  /** What was marked, or the leaf that was reported, or the series begun anew. */
  item: MediaItemId;
  watched?: boolean;
  /** null: noise or the end. */
  position?: number | null;
  anew?: true;
}

export const heard = (by: Device, viewer: Device): boolean => {
  if (by === viewer) return true;
  const tells = by.isolation === 'loud' || by.isolation === 'shout';
  return tells && (viewer.isolation === 'loud' || viewer.isolation === 'quiet');
};

/** Plays everything through for one leaf. */
export const leafModel = (leaf: Leaf, done: Done[]) => {
  let state = { watched: false, at: Number.NEGATIVE_INFINITY };
  for (const { item, at, watched } of done) {
    if (watched === undefined || !leaf.chain.includes(item) || (item !== leaf.id && leaf.addedAt > at)) continue;
    if (at > state.at || (at === state.at && watched)) state = { watched, at };
  }
  const value = (position: number | null | undefined) => position ?? Number.POSITIVE_INFINITY;
  const report = done
    .filter((one) => one.position !== undefined && one.item === leaf.id)
    .toSorted((a, b) => a.at - b.at || value(a.position) - value(b.position))
    .at(-1);
  const position = report && report.position !== null && report.at > state.at ? (report.position ?? null) : null;
  return { leaf, ...state, position, reportedAt: report?.at ?? 0 };
};

export type LeafState = ReturnType<typeof leafModel>;

const before = (a: Leaf, b: Leaf) => a.order[0] - b.order[0] || a.order[1] - b.order[1] || a.id - b.id;

/** Episodes in the order in which they are watched. */
const inOrder = (states: LeafState[], specials: Specials | null): LeafState[] => {
  const usual = states.toSorted((a, b) => before(a.leaf, b.leaf));
  if (specials === null) return usual;
  const regular = usual.filter(({ leaf }) => leaf.order[0] > 0);
  const extra = usual.filter(({ leaf }) => leaf.order[0] === 0);
  if (specials === 'never') return regular;
  if (specials === 'after') return [...regular, ...extra];
  const date = (state: LeafState) => state.leaf.releasedAt ?? Number.POSITIVE_INFINITY;
  // How many regular ones come before a special: all up to the last that was shown by its day.
  const place = (special: LeafState) => regular.findLastIndex((one) => date(one) <= date(special)) + 1;
  return [
    ...regular.map((state, n) => ({ state, key: [n + 1, 0, 0, 0] })),
    ...extra.map((state, n) => ({ state, key: [place(state), 1, Math.min(date(state), 1e15), n] })),
  ]
    .toSorted((a, b) => a.key.reduce((sum, part, n) => sum || part - (b.key[n] ?? 0), 0))
    .map(({ state }) => state);
};

/** What is next in a series; undefined: nothing. */
export const nextModel = (
  states: LeafState[],
  done: Done[],
  specials: Specials | null,
  now: number,
): MediaItemId | undefined => {
  const going = states
    .filter((state) => state.position !== null && state.leaf.here)
    .toSorted((a, b) => b.reportedAt - a.reportedAt || b.leaf.id - a.leaf.id);
  if (going[0]) return going[0].leaf.id;
  const since = begunModel(states, done);
  const shown = (leaf: Leaf, then: number) => leaf.releasedAt === null || leaf.releasedAt <= then;
  const ordered = inOrder(states, specials);
  const seen = (state: LeafState) => state.watched && state.at >= since;
  const last = ordered
    .map((state, place) => ({ state, place }))
    .filter(({ state }) => seen(state))
    .toSorted(
      (a, b) =>
        a.state.at - b.state.at ||
        Number(shown(a.state.leaf, a.state.at)) - Number(shown(b.state.leaf, b.state.at)) ||
        a.place - b.place,
    )
    .at(-1);
  if (!last && since === Number.NEGATIVE_INFINITY) return undefined;
  const special = (leaf: Leaf) => leaf.order[0] === 0;
  return ordered
    .slice(last ? last.place + 1 : 0)
    .filter((state) => state.leaf.here && !seen(state) && shown(state.leaf, now))
    .filter(({ leaf }) => !special(leaf) || (last && (specials !== null || special(last.state.leaf))))[0]?.leaf.id;
};

/** What is next in a collection, once a movie of it was watched; undefined: nothing. */
export const nextMovieModel = (states: LeafState[], now: number): MediaItemId | undefined => {
  const goesOn = states.some(({ watched }) => watched) && states.filter(({ leaf }) => leaf.here).length > 1;
  return goesOn ? nextModel(states, [], null, now) : undefined;
};

/** When a series was begun anew, unless it was marked as a whole since. */
const begunModel = (states: LeafState[], done: Done[]): number => {
  const whole = states[0]?.leaf.chain.slice(-2) ?? [];
  const newest = (which: (one: Done) => boolean) =>
    done.reduce((last, one) => (which(one) && whole.includes(one.item) ? Math.max(last, one.at) : last), -Infinity);
  const begun = newest((one) => one.anew === true);
  return newest((one) => one.watched !== undefined) > begun ? Number.NEGATIVE_INFINITY : begun;
};

/** The newest in progress of each series, and each that is of none. */
export const goingModel = (states: LeafState[]): LeafState[] => {
  const newestFirst = (a: LeafState, b: LeafState) => b.reportedAt - a.reportedAt || b.leaf.id - a.leaf.id;
  const going = states.filter(({ leaf, position }) => leaf.here && position !== null);
  return Map.groupBy(going, ({ leaf }) => leaf.series ?? leaf.id)
    .values()
    .flatMap((of) => of.toSorted(newestFirst).slice(0, 1))
    .toArray()
    .toSorted(newestFirst);
};
