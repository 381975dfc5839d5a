import { toIso, toIsoOrNull } from '#kernel/clock.ts';
import { hangingOf } from './hanging.ts';
import type { ItemView } from './item-schema.ts';
import type { ItemRow } from './item-select.ts';
import type { KindDetails } from './types.ts';

/** A row of the database as the API shows it. */
export const viewOf = (row: ItemRow): ItemView => {
  const addedAt = toIso(row.added_at);
  const { externalIds, tags, genres, images, syncClients } = hangingOf(row.hanging);
  return {
    id: row.id,
    kind: row.kind,
    libraryId: row.library_id ?? row.id,
    parentId: row.parent_id,
    rootId: row.root_id,
    seasonNumber: row.season_number,
    episodeNumber: row.episode_number,
    episodeNumberEnd: row.episode_number_end,
    absoluteNumber: row.absolute_number,
    discNumber: row.disc_number,
    trackNumber: row.track_number,
    title: row.title,
    originalTitle: row.original_title,
    sortTitle: row.sort_title,
    overview: row.overview,
    year: row.year,
    releaseDate: row.released_at === null ? null : toIso(row.released_at).slice(0, 10),
    runtimeMs: row.runtime_ms,
    contentRating: row.content_rating,
    ratingLevel: row.rating_level,
    addedAt,
    updatedAt: row.updated_at === row.added_at ? addedAt : toIso(row.updated_at),
    removedAt: toIsoOrNull(row.removed_at),
    seriesTitle: row.kind === 'season' || row.kind === 'episode' ? row.root_title : null,
    artistTitle: row.kind === 'album' || row.kind === 'track' ? row.root_title : null,
    albumTitle: row.kind === 'track' ? row.parent_title : null,
    externalIds,
    tags,
    genres,
    images,
    syncClients,
    details: detailsOf(row),
  };
};

const detailsOf = (row: ItemRow): ItemView['details'] => {
  switch (row.kind) {
    case 'library':
      return { libraryKind: row.library_kind ?? 'movies' } satisfies KindDetails['library'];
    case 'movie':
      return { tagline: row.tagline, budget: row.budget, revenue: row.revenue } satisfies KindDetails['movie'];
    case 'series':
      return { status: row.status } satisfies KindDetails['series'];
    case 'stream':
      return row.stream_source_id === null || row.address === null
        ? {}
        : ({ streamSourceId: row.stream_source_id, address: row.address } satisfies KindDetails['stream']);
    default:
      return {};
  }
};
