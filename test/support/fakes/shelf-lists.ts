import type { Faults } from './faults.ts';
import type { Reply } from './serve.ts';
import { leavesOf, type Shelf, type ShelfItem, type ShelfLibrary, type ShelfUser } from './shelf.ts';
import { createPages, type Wording } from './shelf-pages.ts';
import { createSelector, type Params } from './shelf-query.ts';

/** The lists of items that both vendors give. */
export interface Lists {
  /** One page, by `startIndex` and `limit`. `user`: whose state goes with it; null: nobody's. */
  page(items: readonly ShelfItem[], user: ShelfUser | null, params: Params): Reply;
  /** What `/Items` means by its query. */
  select(user: ShelfUser | null, params: Params): ShelfItem[];
  libraries(user: ShelfUser | null): ShelfLibrary[];
  seasons(series: ShelfItem): ShelfItem[];
  /** @param season its number or the id of the season's item; undefined: all */
  episodes(series: ShelfItem, season: { number?: number | undefined; id?: string | undefined }): ShelfItem[];
  /** What someone is in the middle of, last played first. */
  resumable(user: ShelfUser): ShelfItem[];
  artists(user: ShelfUser | null, params: Params): ShelfItem[];
}

/** @param tellStart whether a page tells where it begins */
export const createLists = (shelf: Shelf, faults: Faults, wording: Wording, tellStart: boolean): Lists => {
  const textOf = createPages(shelf, wording, faults);
  const select = createSelector(shelf);
  const sees = (user: ShelfUser | null, item: ShelfItem) => !user || shelf.sees(user, item);
  return {
    page: (items, user, params) => {
      const from = params.number('startindex') ?? 0;
      const limit = Math.min(
        params.number('limit') ?? Number.POSITIVE_INFINITY,
        faults.pageLimit ?? Number.POSITIVE_INFINITY,
      );
      const part = items.slice(from, from + limit);
      const told = params.flag('enableuserdata') === false ? null : user;
      const text = textOf({ items: part, user: told, fields: params.list('fields') });
      // Without a total being asked for, what is told as one is the length of the page.
      const counted = params.flag('enabletotalrecordcount') === false ? part.length : items.length;
      const total = faults.total ?? (faults.emptyLibrary ? 0 : counted);
      const start = tellStart ? `,"StartIndex":${from}` : '';
      return { status: 200, body: `{"Items":${text},"TotalRecordCount":${total}${start}}` };
    },
    select,
    libraries: (user) =>
      faults.noLibraries
        ? []
        : shelf.libraries.filter((library) => !user?.libraries || user.libraries.includes(library)),
    seasons: (series) =>
      series.children.filter(({ kind }) => kind === 'season').sort((one, other) => order(one) - order(other)),
    episodes: (series, season) =>
      leavesOf(series)
        .filter(({ missing }) => !missing)
        .filter(({ parentIndex }) => season.number === undefined || parentIndex === season.number)
        .filter(({ parent }) => season.id === undefined || parent?.id === season.id)
        .sort((one, other) => (one.parentIndex ?? 0) - (other.parentIndex ?? 0) || order(one) - order(other)),
    resumable: (user) => {
      const at = (item: ShelfItem) => shelf.state(user, item).lastPlayedAt ?? 0;
      return shelf.items
        .filter((item) => sees(user, item) && shelf.state(user, item).positionMs > 0)
        .sort((one, other) => at(other) - at(one));
    },
    artists: (user, params) => select(user, params.with({ includeitemtypes: 'MusicArtist', recursive: 'true' })),
  };
};

const order = ({ index }: ShelfItem): number => index ?? 0;
