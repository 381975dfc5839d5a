import { sortTitleOf } from '#kernel/text.ts';
import { type Facts, seasonTitle } from './facts.ts';
import type { ItemChanges, ItemRecord } from './items-repository.ts';

/** `fill`: what is empty is filled; `update`: what differs is changed as well. What was not told stays, always. */
export type Mode = 'fill' | 'update';

const plain = [
  'original_title',
  'overview',
  'year',
  'released_at',
  'runtime_ms',
  'content_rating',
  'rating_level',
] as const;

/** Ordinals within a fixed parent. An episode's own place is dealt with apart, for it may be taken. */
const ordinals = {
  episode: ['absolute_number'],
  track: ['disc_number', 'track_number'],
} as const;

/** What of an item follows from what was told; nothing: it is as told already. */
export const changesOf = (item: ItemRecord, facts: Facts, mode: Mode): ItemChanges => ({
  ...columnChanges(item, facts, mode),
  ...titleChanges(item, facts, mode),
});

/** What a value becomes by what was told of it; undefined: it stays. */
export const changed = <T>(now: T | null, told: T | undefined, mode: Mode): T | undefined =>
  told === undefined || told === now || (mode === 'fill' && now !== null) ? undefined : told;

const columnChanges = (item: ItemRecord, facts: Facts, mode: Mode): ItemChanges => {
  const own = item.kind === 'episode' || item.kind === 'track' ? ordinals[item.kind] : [];
  const changes: ItemChanges = {};
  for (const column of [...plain, ...own]) {
    const value = changed<string | number>(item[column], facts[column], mode);
    if (value !== undefined) Object.assign(changes, { [column]: value });
  }
  return changes;
};

const titleChanges = (item: ItemRecord, facts: Facts, mode: Mode): ItemChanges => {
  const title = facts.title === '' || !(mode === 'update' || isMadeUp(item)) ? item.title : facts.title;
  // A sort title that was derived follows the title; one that was given stays until another is given.
  const derived = item.sort_title === sortTitleOf(item.title);
  const sortTitle = mode === 'update' || derived ? facts.sort_title : undefined;
  const sorted = sortTitle ?? (derived ? sortTitleOf(title) : item.sort_title);
  return {
    ...(title === item.title ? {} : { title }),
    ...(sorted === item.sort_title ? {} : { sort_title: sorted }),
  };
};

/** Whether the title only says the place, so that any told title is better. */
const isMadeUp = (item: ItemRecord): boolean =>
  (item.kind === 'season' && item.title === seasonTitle(item.season_number ?? -1)) ||
  (item.kind === 'episode' && item.title === `Episode ${item.episode_number}`);
