import type { CreditRole, ImageRole } from '#database/tables/catalog.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';

/** The name of a work in one provider's space: `imdb` `tt0133093`. Provider in lower case. */
export interface ExternalId {
  provider: string;
  value: string;
}

/** Someone's part in a work. */
export interface IncomingCredit {
  name: string;
  role: CreditRole;
  /** Whom an actor plays. */
  character?: string;
}

/** What is told of an item by a scanned folder, an NFO file or a media server. Absent: not told. */
export interface IncomingFacts {
  title: string;
  originalTitle?: string;
  sortTitle?: string;
  overview?: string;
  year?: number;
  releasedAt?: Instant;
  runtimeMs?: Millis;
  contentRating?: string;
  ratingLevel?: number;
  /** When its source first had it. */
  addedAt?: Instant;
  externalIds: ExternalId[];
  tags?: string[];
  genres?: string[];
  /** Who made it or plays in it, in order. */
  people?: IncomingCredit[];
  images?: { role: ImageRole; address: string }[];
}

export interface IncomingMovie extends IncomingFacts {
  tagline?: string;
  budget?: number;
  revenue?: number;
  /** The box set it belongs to. */
  collection?: { title: string; externalIds: ExternalId[]; position?: number };
}

export interface IncomingSeries extends IncomingFacts {
  status?: 'continuing' | 'ended' | 'upcoming';
}

/** Title may be empty where a season is only a number. */
export interface IncomingSeason extends IncomingFacts {
  seasonNumber: number;
}

export interface IncomingEpisode extends IncomingFacts {
  seasonNumber: number;
  /** Absent where only the date of showing or the absolute number is known. */
  episodeNumber?: number;
  episodeNumberEnd?: number;
  absoluteNumber?: number;
}

export type IncomingArtist = IncomingFacts;
export type IncomingAlbum = IncomingFacts;

export interface IncomingTrack extends IncomingFacts {
  discNumber?: number;
  trackNumber?: number;
}

/**
 * What became of an incoming item (domain §8, matching): found by an external id or by title, made anew, or left to a
 * person because more than one item fits or its ids contradict each other. Never a guess.
 */
export type Taken =
  | { outcome: 'external_id' | 'title' | 'created'; itemId: MediaItemId }
  /** `conflict`: not that too little is told, but its external ids name different things. */
  | { outcome: 'ambiguous'; candidates: MediaItemId[]; reason: string; conflict?: true };
