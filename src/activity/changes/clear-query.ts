import type { Transaction } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import { type LeafKind, type LibraryKind, type MediaKind, shelfOf } from '#kernel/media.ts';
import { PART } from './entry.ts';

/** Which part of a history; what is absent is no limit. */
export interface ClearRequest {
  kind?: LeafKind | undefined;
  libraryId?: MediaItemId | undefined;
  /** Plays that began then or later … */
  from?: Instant | undefined;
  /** … and before then. */
  to?: Instant | undefined;
  /** Whether marks go as well: what was watched is unwatched again. */
  marks?: boolean | undefined;
}

/** The next few hundred items after one. */
export type ItemQuery = (after: MediaItemId) => Promise<MediaItemId[]>;

/** Leaves that a scope knows something of, in the order of their ids. */
export const stateItems =
  (tx: Transaction, request: ClearRequest, scope: ScopeId): ItemQuery =>
  async (after) => {
    const rows = await tx
      .selectFrom('play_states as p')
      .innerJoin('media_items as i', 'i.id', 'p.item_id')
      .select('p.item_id')
      .where('p.scope_id', '=', scope)
      .where('p.item_id', '>', after)
      .$if(request.kind !== undefined, (query) => query.where('i.kind', '=', request.kind as LeafKind))
      .$if(request.libraryId !== undefined, (query) =>
        query.where('i.library_id', '=', request.libraryId as MediaItemId),
      )
      .orderBy('p.item_id')
      .limit(PART)
      .execute();
    return rows.map((row) => row.item_id);
  };

/** Items of any kind that a scope marked in that time. A mark on a library counts for all kinds that it holds. */
export const markedItems =
  (tx: Transaction, { kind, libraryId, from, to }: ClearRequest, scope: ScopeId): ItemQuery =>
  async (after) => {
    const rows = await tx
      .selectFrom('marks as m')
      .innerJoin('media_items as i', 'i.id', 'm.item_id')
      .leftJoin('libraries as l', 'l.item_id', 'i.id')
      .select('m.item_id')
      .where('m.scope_id', '=', scope)
      .where('m.item_id', '>', after)
      .$if(from !== undefined, (query) => query.where('m.at', '>=', from as Instant))
      .$if(to !== undefined, (query) => query.where('m.at', '<', to as Instant))
      .$if(libraryId !== undefined, (query) => query.where('i.library_id', '=', libraryId as MediaItemId))
      .$if(kind !== undefined, (query) =>
        query.where((where) =>
          where.or([
            where('i.kind', 'in', holders[kind as LeafKind]),
            where('l.library_kind', '=', shelfOf[kind as LeafKind] as LibraryKind),
          ]),
        ),
      )
      .orderBy('m.item_id')
      .limit(PART)
      .execute();
    return rows.map((row) => row.item_id);
  };

/** A kind of leaf and the kinds above it. */
const holders: Record<LeafKind, MediaKind[]> = {
  movie: ['movie'],
  episode: ['episode', 'season', 'series'],
  track: ['track', 'album', 'artist'],
  stream: ['stream'],
};
