import type { StreamSourceId } from '#kernel/ids.ts';
import type { LibraryKind, MediaKind } from '#kernel/media.ts';
import type { ItemView } from './item-schema.ts';

/** What only one kind of item has, by that kind. */
export interface KindDetails {
  library: { libraryKind: LibraryKind };
  movie: { tagline: string | null; budget: number | null; revenue: number | null };
  collection: NoDetails;
  series: { status: 'continuing' | 'ended' | 'upcoming' | null };
  season: NoDetails;
  episode: NoDetails;
  artist: NoDetails;
  album: NoDetails;
  track: NoDetails;
  stream: { streamSourceId: StreamSourceId; address: string };
}

type NoDetails = Record<never, never>;

/** What every kind has. */
export type ItemCommon = Omit<ItemView, 'kind' | 'details'>;

/** An item of kind K: the common part and the kind's own, tied together. Without K: the union of all kinds. */
export type MediaItem<K extends MediaKind = MediaKind> = {
  [P in K]: ItemCommon & { kind: P; details: KindDetails[P] };
}[K];

/** Narrows an item to one kind, and with it its details. */
export const isKind = <K extends MediaKind>(item: ItemView, kind: K): item is MediaItem<K> & ItemView =>
  item.kind === kind;
