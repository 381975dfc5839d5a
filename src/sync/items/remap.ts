import { contradict } from '#catalog/external-id.ts';
import type { ExternalId } from '#catalog/incoming.ts';
import type { ClientItemId, MediaItemId } from '#kernel/ids.ts';
import { fold } from '#kernel/text.ts';
import { type RemoteKind, remoteKinds } from '../media-server.ts';
import { pathTail } from './score.ts';

/** A copy that we know, with what it stands for. */
export interface OldCopy {
  id: ClientItemId;
  clientItemId: string;
  kind: RemoteKind;
  title: string;
  year: number | null;
  path: string | null;
  /** Whether a person decided what it is: then its item may differ from what it tells. */
  decided: boolean;
  /** null: none. */
  itemId: MediaItemId | null;
  /** The item's. */
  externalIds: readonly ExternalId[];
  parentId: MediaItemId | null;
  rootId: MediaItemId | null;
  /** Where the item stands below its parent, see {@link placeOf}; null: nowhere in particular. */
  place: string | null;
}

/** An entry of the new server. */
export interface NewCopy {
  remoteId: string;
  kind: RemoteKind;
  parentRemoteId: string | null;
  title: string;
  year: number | null;
  path: string | null;
  externalIds: readonly ExternalId[];
  place: string | null;
}

/** Entries that fit several copies, or copies that contradict each other: nobody guesses which is which. */
export interface Conflict {
  told: NewCopy;
  copies: OldCopy[];
  reason: string;
}

export interface Remapping {
  moved: { copy: OldCopy; told: NewCopy; by: 'external_id' | 'path' | 'title' | 'decision' }[];
  /** Entries of the new server that are no copy we know: the next run places them as it does any other. */
  fresh: NewCopy[];
  /** Copies that the new server does not have. */
  gone: OldCopy[];
  conflicting: Conflict[];
}

/** Where an episode, track or season stands below what it hangs from: told and kept the same way. */
export const placeOf = (
  kind: RemoteKind,
  facts: {
    seasonNumber?: number | null | undefined;
    episodeNumber?: number | null | undefined;
    discNumber?: number | null | undefined;
    trackNumber?: number | null | undefined;
  },
): string | null => {
  if (kind === 'season') return `${facts.seasonNumber}`;
  if (kind === 'episode') return facts.episodeNumber == null ? null : `${facts.seasonNumber}x${facts.episodeNumber}`;
  if (kind === 'track') return facts.trackNumber == null ? null : `${facts.discNumber ?? 1}-${facts.trackNumber}`;
  return null;
};

/**
 * Which entry of a new server is which copy of the old one: by external ids, then by path, then by title and year, or by
 * place below what they hang from. What fits more than one is nobody's. What a person decided goes by path and title
 * alone, as it was told: the item may be another than ids say.
 */
export const remap = (known: readonly OldCopy[], told: readonly NewCopy[]): Remapping => {
  const result: Remapping = { moved: [], fresh: [], gone: [], conflicting: [] };
  const placed = new Map<string, MediaItemId>();
  for (const kind of remoteKinds) {
    const ofKind = {
      olds: new Set(known.filter((copy) => copy.kind === kind)),
      news: new Set(told.filter((entry) => entry.kind === kind)),
    };
    const before = result.moved.length;
    for (const stage of stages(placed)) pairAll(ofKind, stage, result);
    result.gone.push(...ofKind.olds);
    result.fresh.push(...ofKind.news);
    for (const { copy, told: entry } of result.moved.slice(before)) {
      if (copy.itemId !== null) placed.set(entry.remoteId, copy.itemId);
    }
  }
  return result;
};

type How = Remapping['moved'][number]['by'];

/** One way in which entries are known again. */
interface Stage {
  by: How;
  oldKeys(copy: OldCopy): string[];
  newKeys(entry: NewCopy): string[];
  fits(copy: OldCopy, entry: NewCopy): boolean;
  /** Tells works apart that share a key. */
  narrow?(copy: OldCopy, entry: NewCopy): boolean;
  /** Whether more than one entry may be copies of the work: versions of it. */
  versions(copies: readonly OldCopy[], entries: readonly NewCopy[]): boolean;
  /** What is unclear here is nobody's; else a later stage may know better. */
  final: boolean;
}

/** In this order. What a person decided goes first, that no other copy takes its entry. */
const stages = (placed: ReadonlyMap<string, MediaItemId>): Stage[] => {
  const hangs = (copy: OldCopy, entry: NewCopy): boolean => hangsRight(copy, entry, placed);
  const agrees = (copy: OldCopy, entry: NewCopy): boolean =>
    !copy.decided && !contradict(entry.externalIds, copy.externalIds) && hangs(copy, entry);
  const byPath = { narrow: sameTelling, versions: () => true, final: false };
  const paths = { oldKeys: pathOf, newKeys: pathOf };
  const tails = { oldKeys: tailOf, newKeys: tailOf };
  const decidedTitle: Stage = {
    by: 'decision',
    ...decidedBy({ oldKeys: toldTitle, newKeys: toldTitle }),
    fits: (copy, entry) => near(copy.year, entry.year),
    versions: () => false,
    final: true,
  };
  return [
    { by: 'decision', ...decidedBy(paths), ...byPath, fits: () => true },
    { by: 'decision', ...decidedBy(tails), ...byPath, fits: sameTelling },
    { ...decidedTitle, final: false },
    { by: 'external_id', oldKeys: namesOf, newKeys: namesOf, fits: agrees, versions: () => true, final: true },
    { by: 'path', ...paths, ...byPath, fits: agrees },
    { by: 'path', ...tails, ...byPath, fits: (copy, entry) => agrees(copy, entry) && sameTelling(copy, entry) },
    {
      by: 'title',
      oldKeys: keysOfOld,
      newKeys: (entry) => keysOfNew(entry, placed),
      fits: (copy, entry) => agrees(copy, entry) && near(copy.year, entry.year),
      versions: (copies, entries) => !isRoot(entries[0]) || [...copies, ...entries].every(({ year }) => year !== null),
      final: true,
    },
    // Once ids have said of its rivals what they are.
    decidedTitle,
  ];
};

/** The same keys, of copies alone that a person decided on. */
const decidedBy = ({ oldKeys, newKeys }: Pick<Stage, 'oldKeys' | 'newKeys'>) => ({
  oldKeys: (copy: OldCopy) => (copy.decided ? oldKeys(copy) : []),
  newKeys,
});

interface Unpaired {
  olds: Set<OldCopy>;
  news: Set<NewCopy>;
}

const pairAll = ({ olds, news }: Unpaired, stage: Stage, result: Remapping): void => {
  const byKey = grouped(olds, stage.oldKeys);
  const claims = claimsOf(news, stage, byKey);
  const rivals = grouped(claims.keys(), (entry) => (claims.get(entry) ?? []).map((copy) => `${copy.id}`));
  for (const [entry, claimed] of claims) {
    const works = new Set(claimed.map(workOf));
    const entries = [...new Set(claimed.flatMap((copy) => rivals.get(`${copy.id}`) ?? []))];
    if (works.size > 1 || (entries.length > 1 && !stage.versions(claimed, entries))) {
      if (!stage.final) continue;
      result.conflicting.push({ told: entry, copies: claimed, reason: works.size > 1 ? REASONS[stage.by] : SEVERAL });
      news.delete(entry);
      continue;
    }
    const free = claimed.filter((copy) => olds.has(copy));
    const copy = nearest(free, entry);
    // More versions than before: this one is new.
    if (copy === undefined) continue;
    olds.delete(copy);
    news.delete(entry);
    result.moved.push({ copy, told: entry, by: stage.by });
  }
};

/** Which copies each entry may be. */
const claimsOf = (
  news: ReadonlySet<NewCopy>,
  { newKeys, fits, narrow }: Stage,
  byKey: ReadonlyMap<string, OldCopy[]>,
): Map<NewCopy, OldCopy[]> => {
  const claims = new Map<NewCopy, OldCopy[]>();
  for (const entry of news) {
    const all = [...new Set(newKeys(entry).flatMap((key) => byKey.get(key) ?? []))].filter((copy) => fits(copy, entry));
    const apart = narrow && new Set(all.map(workOf)).size > 1 ? all.filter((copy) => narrow(copy, entry)) : all;
    if (apart.length > 0) claims.set(entry, apart);
  }
  return claims;
};

/** Copies of one item are copies of one work; what has none is a work of its own. */
const workOf = (copy: OldCopy): string => (copy.itemId === null ? `copy ${copy.id}` : `${copy.itemId}`);

/** What hangs from something must hang from the same item as before, as far as that is known. */
const hangsRight = (copy: OldCopy, { parentRemoteId }: NewCopy, placed: ReadonlyMap<string, MediaItemId>): boolean => {
  const parent = parentRemoteId === null ? undefined : placed.get(parentRemoteId);
  return parent === undefined || copy.itemId === null || copy.parentId === parent || copy.rootId === parent;
};

const isRoot = (copy: { kind: RemoteKind } | undefined): boolean =>
  copy?.kind === 'movie' || copy?.kind === 'series' || copy?.kind === 'artist';

const keysOfOld = (copy: OldCopy): string[] => {
  if (isRoot(copy)) return toldTitle(copy);
  return placeKeys(copy, copy.kind === 'season' || copy.kind === 'episode' ? copy.rootId : copy.parentId);
};

const keysOfNew = (entry: NewCopy, placed: ReadonlyMap<string, MediaItemId>): string[] => {
  if (isRoot(entry)) return toldTitle(entry);
  return placeKeys(entry, entry.parentRemoteId === null ? null : (placed.get(entry.parentRemoteId) ?? null));
};

const placeKeys = (
  { kind, place, title }: { kind: RemoteKind; place: string | null; title: string },
  parent: MediaItemId | null,
): string[] => {
  if (parent === null) return [];
  if (kind === 'album') return [`${parent} ${fold(title)}`];
  if (kind === 'track') return [`${parent} ${place} ${fold(title)}`];
  return place === null ? [] : [`${parent} ${place}`];
};

const REASONS = {
  external_id: 'Its external ids name different items.',
  path: 'Several items were in this file.',
  title: 'Several items have this title and year, or stand in this place.',
  decision: 'Several decisions would be about this entry.',
};
const SEVERAL = 'Several entries of the new server would be this one.';

const namesOf = ({ externalIds }: { externalIds: readonly ExternalId[] }): string[] =>
  externalIds.map(({ provider, value }) => `${provider} ${value}`);
/** A bare file name names nothing. */
const pathOf = ({ path }: { path: string | null }): string[] =>
  path !== null && pathTail(path) !== undefined ? [path] : [];
const tailOf = ({ path }: { path: string | null }): string[] => [pathTail(path) ?? []].flat();
const toldTitle = ({ title }: { title: string }): string[] => (title.trim() === '' ? [] : [fold(title)]);

const near = (one: number | null, other: number | null): boolean => one === null || other === null || one === other;

/** Whether it tells the same of itself: its title, or its place. */
const sameTelling = (copy: OldCopy, entry: NewCopy): boolean =>
  (entry.place !== null && entry.place === copy.place) || fold(copy.title) === fold(entry.title);

/** Of copies of one work: the same path, then the same end of a path, then the same title, then the first. */
const nearest = (copies: readonly OldCopy[], entry: NewCopy): OldCopy | undefined => {
  const rank = (copy: OldCopy): number => {
    if (copy.path !== null && copy.path === entry.path) return 0;
    if (pathTail(copy.path) !== undefined && pathTail(copy.path) === pathTail(entry.path)) return 1;
    return fold(copy.title) === fold(entry.title) ? 2 : 3;
  };
  return [...copies].sort((one, other) => rank(one) - rank(other))[0];
};

const grouped = <T>(list: Iterable<T>, keysOf: (one: T) => string[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    for (const key of keysOf(one)) {
      const group = groups.get(key);
      if (group) group.push(one);
      else groups.set(key, [one]);
    }
  }
  return groups;
};
