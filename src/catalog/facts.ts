import type { CreditRole, ImageRole } from '#database/tables/catalog.ts';
import { toIso } from '#kernel/clock.ts';
import { fold } from '#kernel/text.ts';
import { normaliseExternalIds } from './external-id.ts';
import type {
  ExternalId,
  IncomingCredit,
  IncomingEpisode,
  IncomingFacts,
  IncomingMovie,
  IncomingSeries,
  IncomingTrack,
} from './incoming.ts';
import { ratingLevelOf } from './rating-level.ts';

/** All that can be told of an item of any kind. */
export type Told = IncomingFacts &
  Partial<Omit<IncomingMovie, keyof IncomingFacts>> &
  Partial<Omit<IncomingSeries, keyof IncomingFacts>> &
  Partial<Omit<IncomingEpisode, keyof IncomingFacts>> &
  Partial<Omit<IncomingTrack, keyof IncomingFacts>>;

/** What was told, fit to be kept; undefined: not told, or not fit. */
export interface Facts {
  /** Empty where nothing was told. */
  title: string;
  title_key: string;
  original_title: string | undefined;
  sort_title: string | undefined;
  overview: string | undefined;
  year: number | undefined;
  released_at: number | undefined;
  runtime_ms: number | undefined;
  content_rating: string | undefined;
  rating_level: number | undefined;
  added_at: number | undefined;
  season_number: number | undefined;
  episode_number: number | undefined;
  episode_number_end: number | undefined;
  absolute_number: number | undefined;
  disc_number: number | undefined;
  track_number: number | undefined;
  tagline: string | undefined;
  budget: number | undefined;
  revenue: number | undefined;
  status: IncomingSeries['status'] | undefined;
  ids: ExternalId[];
  tags: string[];
  genres: string[];
  people: Credit[];
  images: { role: ImageRole; address: string }[];
  collection: IncomingMovie['collection'];
}

/** Someone's part in a work, fit to be kept. */
export interface Credit {
  name: string;
  role: CreditRole;
  character: string | null;
}

const LONGEST_TITLE = 500;
const LONGEST_TEXT = 20_000;
const LONGEST_TAG = 100;
const LONGEST_NAME = 200;
const MOST_GENRES = 50;
const LONGEST_ADDRESS = 2000;

/** Takes from what a source told all that is fit to be kept: bounds as in the tables; the rest is as if it were not told. */
export const factsOf = (told: Told): Facts => {
  const title = text(told.title, LONGEST_TITLE) ?? '';
  const sortTitle = text(told.sortTitle, LONGEST_TITLE);
  const released = whole(told.releasedAt, -8.64e15, 8.64e15);
  const rating = text(told.contentRating, LONGEST_TAG);
  const episode = whole(told.episodeNumber);
  const end = whole(told.episodeNumberEnd);
  return {
    title,
    title_key: title === '' ? '' : fold(title),
    original_title: text(told.originalTitle, LONGEST_TITLE),
    sort_title: sortTitle === undefined ? undefined : fold(sortTitle),
    overview: text(told.overview, LONGEST_TEXT),
    year: whole(told.year, 1800, 2200) ?? yearOf(released),
    released_at: released,
    runtime_ms: whole(told.runtimeMs, 1),
    content_rating: rating,
    rating_level:
      whole(told.ratingLevel, 0, 21) ?? (rating === undefined ? undefined : (ratingLevelOf(rating) ?? undefined)),
    added_at: whole(told.addedAt, 1),
    season_number: whole(told.seasonNumber),
    episode_number: episode,
    episode_number_end: end !== undefined && episode !== undefined && end > episode ? end : undefined,
    absolute_number: whole(told.absoluteNumber),
    disc_number: whole(told.discNumber),
    track_number: whole(told.trackNumber),
    tagline: text(told.tagline, LONGEST_TITLE),
    budget: whole(told.budget, 1),
    revenue: whole(told.revenue, 1),
    status: told.status,
    ids: normaliseExternalIds(told.externalIds),
    tags: tagsOf(told.tags ?? []),
    genres: tagsOf(told.genres ?? []).slice(0, MOST_GENRES),
    people: creditsOf(told.people ?? []),
    images: imagesOf(told.images ?? []),
    collection: told.collection,
  };
};

/** Names of tags or genres fit to be kept, one of each. */
export const tagsOf = (names: readonly string[]): string[] => {
  const byKey = new Map<string, string>();
  for (const name of names) {
    const fit = text(name, LONGEST_TAG);
    if (fit !== undefined && !byKey.has(fold(fit))) byKey.set(fold(fit), fit);
  }
  return [...byKey.values()];
};

/** Credits of an item at the most. */
export const MOST_CREDITS = 500;

/** Credits fit to be kept, each part of a person once. */
export const creditsOf = (people: readonly IncomingCredit[]): Credit[] => {
  const known = new Map<string, Credit>();
  for (const { name: told, role, character: part } of people) {
    const name = text(told, LONGEST_NAME);
    if (name === undefined) continue;
    const character = text(part, LONGEST_NAME) ?? null;
    const key = JSON.stringify([role, fold(name), character]);
    if (!known.has(key)) known.set(key, { name, role, character });
  }
  return [...known.values()].slice(0, MOST_CREDITS);
};

const imagesOf = (images: { role: ImageRole; address: string }[]): Facts['images'] => {
  const known = new Map<string, { role: ImageRole; address: string }>();
  for (const image of images) {
    const address = clean(image.address).trim();
    if (address !== '' && address.length <= LONGEST_ADDRESS)
      known.set(`${image.role} ${address}`, { ...image, address });
  }
  return [...known.values()];
};

/** What a season is called that is only a number. */
export const seasonTitle = (season: number): string => (season === 0 ? 'Specials' : `Season ${season}`);

/** What an episode is called of which only the place is known. */
export const episodeTitle = (facts: Facts): string => {
  if (facts.episode_number !== undefined) return `Episode ${facts.episode_number}`;
  if (facts.released_at !== undefined) return toIso(facts.released_at).slice(0, 10);
  return facts.absolute_number === undefined ? 'Episode' : `Episode ${facts.absolute_number}`;
};

/** Trimmed and cut; nothing left: undefined. */
const text = (value: string | undefined, longest: number): string | undefined => {
  if (value === undefined) return undefined;
  const trimmed = clean(value).trim();
  if (trimmed === '') return undefined;
  return trimmed.length <= longest ? trimmed : [...trimmed].slice(0, longest).join('').trim();
};

/** PostgreSQL takes neither NUL nor half a surrogate pair in a text. */
const clean = (value: string): string => value.replaceAll('\0', '').toWellFormed();

const whole = (value: number | undefined, least = 0, most = Number.MAX_SAFE_INTEGER): number | undefined => {
  if (value === undefined) return undefined;
  const rounded = Math.round(value);
  return rounded >= least && rounded <= most ? rounded : undefined;
};

const yearOf = (released: number | undefined): number | undefined =>
  released === undefined ? undefined : whole(Number(toIso(released).slice(0, 4)), 1800, 2200);
