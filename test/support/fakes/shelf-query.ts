import { leafKinds, leavesOf, rootOf, type Shelf, type ShelfItem, type ShelfKind, type ShelfUser } from './shelf.ts';

/** The query of a request; the vendors do not mind the case of names. */
export class Params {
  readonly #values = new Map<string, string[]>();

  constructor(query: URLSearchParams) {
    for (const [name, value] of query) {
      const key = name.toLowerCase();
      this.#values.set(key, [...(this.#values.get(key) ?? []), value]);
    }
  }

  /** The same with other values of some; names in lower case. */
  with(others: Record<string, string>): Params {
    const made = new Params(new URLSearchParams(others));
    for (const [name, values] of this.#values) if (!made.has(name)) made.#values.set(name, values);
    return made;
  }

  get(name: string): string | undefined {
    return this.#values.get(name)?.at(-1) || undefined;
  }

  /** Parted by commas, repeated, or both. Lower case. */
  list(name: string): string[] {
    return (this.#values.get(name) ?? [])
      .flatMap((value) => value.split(','))
      .flatMap((part) => part.trim().toLowerCase() || []);
  }

  flag(name: string): boolean | undefined {
    const value = this.get(name)?.toLowerCase();
    return value === undefined ? undefined : value === 'true';
  }

  number(name: string): number | undefined {
    const value = Number(this.get(name));
    return this.get(name) === undefined || Number.isNaN(value) ? undefined : value;
  }

  date(name: string): number | undefined {
    const value = Date.parse(this.get(name) ?? '');
    return Number.isNaN(value) ? undefined : value;
  }

  /** All that decides which items are meant and in what order. */
  selection(): string {
    return [...this.#values].flatMap(([name, values]) => (PAGING.has(name) ? [] : `${name}=${values}`)).join('&');
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }
}

const PAGING = new Set([
  'startindex',
  'limit',
  'fields',
  'enableimages',
  'enableuserdata',
  'enabletotalrecordcount',
  'api_key',
  'apikey',
]);

/** The vendors' words for kinds. */
export const TYPES: Record<ShelfKind, string> = {
  movie: 'Movie',
  series: 'Series',
  season: 'Season',
  episode: 'Episode',
  artist: 'MusicArtist',
  album: 'MusicAlbum',
  track: 'Audio',
};

const KEPT = 20;

/** Finds items as the vendors' `/Items` does. What was found is kept for the next page of it. */
export const createSelector = (shelf: Shelf) => {
  const found = new Map<string, ShelfItem[]>();
  return (user: ShelfUser | null, params: Params): ShelfItem[] => {
    const byState = user && asksState(params) ? shelf.stateRevision(user) : '';
    const key = `${shelf.revision} ${user?.id} ${byState} ${params.selection()}`;
    const known = found.get(key) ?? select(shelf, user, params);
    found.delete(key);
    found.set(key, known);
    const [oldest] = found.keys();
    if (found.size > KEPT && oldest !== undefined) found.delete(oldest);
    return known;
  };
};

const STATE_SORTS = ['dateplayed', 'playcount', 'isplayed', 'isunplayed', 'isfavoriteorliked', 'seriesdateplayed'];

const asksState = (params: Params): boolean =>
  ['filters', 'isplayed', 'isfavorite'].some((name) => params.has(name)) ||
  params.list('sortby').some((sort) => STATE_SORTS.includes(sort));

const select = (shelf: Shelf, user: ShelfUser | null, params: Params): ShelfItem[] => {
  const tests = testsOf(shelf, user, params);
  const items = shelf.items.filter((item) => tests.every((test) => test(item)));
  return sorted(shelf, user, params, items);
};

type Test = (item: ShelfItem) => boolean;

const testsOf = (shelf: Shelf, user: ShelfUser | null, params: Params): Test[] => [
  ...(user?.libraries ? [(item: ShelfItem) => shelf.sees(user, item)] : []),
  ...placeTests(params),
  ...kindTests(params),
  ...factTests(params),
  ...(user ? stateTests(shelf, user, params) : []),
];

const placeTests = (params: Params): Test[] => {
  const parent = params.get('parentid')?.replaceAll('-', '').toLowerCase();
  const ids = params.has('ids') ? new Set(params.list('ids').map((id) => id.replaceAll('-', ''))) : undefined;
  const recursive = params.flag('recursive') ?? false;
  return [
    ...(ids ? [(item: ShelfItem) => ids.has(item.id)] : []),
    ...(parent && recursive ? [(item: ShelfItem) => item.library.id === parent || isBelow(item, parent)] : []),
    ...(parent && !recursive ? [(item: ShelfItem) => (item.parent?.id ?? item.library.id) === parent] : []),
    ...(!parent && !recursive && !ids ? [() => false] : []),
  ];
};

const isBelow = (item: ShelfItem, id: string): boolean =>
  item.parent !== null && (item.parent.id === id || isBelow(item.parent, id));

const kindTests = (params: Params): Test[] => {
  const wanted = params.list('includeitemtypes');
  const unwanted = params.list('excludeitemtypes');
  const media = params.list('mediatypes');
  const excluded = params.list('excludelocationtypes');
  const missing = params.flag('ismissing');
  return [
    ...(wanted.length > 0 ? [(item: ShelfItem) => wanted.includes(TYPES[item.kind].toLowerCase())] : []),
    ...(unwanted.length > 0 ? [(item: ShelfItem) => !unwanted.includes(TYPES[item.kind].toLowerCase())] : []),
    ...(media.length > 0 ? [(item: ShelfItem) => media.includes(mediaTypeOf(item).toLowerCase())] : []),
    ...(excluded.includes('virtual') ? [(item: ShelfItem) => item.missing !== true] : []),
    ...(missing === undefined ? [] : [(item: ShelfItem) => (item.missing ?? false) === missing]),
  ];
};

export const mediaTypeOf = ({ kind }: ShelfItem): string =>
  kind === 'track' ? 'Audio' : leafKinds.includes(kind) ? 'Video' : 'Unknown';

const factTests = (params: Params): Test[] => {
  // Both names are filters of the same date on the servers whose source can be read.
  const since = params.date('mindatelastsaved') ?? params.date('mindatelastsavedforuser');
  const search = params.get('searchterm')?.toLowerCase();
  const years = params.list('years').map(Number);
  const season = params.number('parentindexnumber');
  const path = params.get('path');
  const ids = params.list('anyprovideridequals');
  return [
    ...(since === undefined ? [] : [(item: ShelfItem) => item.savedAt >= since]),
    ...(search ? [(item: ShelfItem) => item.title.toLowerCase().includes(search)] : []),
    ...(years.length > 0 ? [(item: ShelfItem) => years.includes(item.year ?? 0)] : []),
    ...(season === undefined ? [] : [(item: ShelfItem) => item.parentIndex === season]),
    ...(path ? [(item: ShelfItem) => item.path === path] : []),
    ...(ids.length > 0
      ? [
          (item: ShelfItem) =>
            Object.entries(item.ids).some(([name, id]) => ids.includes(`${name}.${id}`.toLowerCase())),
        ]
      : []),
  ];
};

const stateTests = (shelf: Shelf, user: ShelfUser, params: Params): Test[] => {
  const filters = params.list('filters');
  const played =
    params.flag('isplayed') ??
    (filters.includes('isplayed') ? true : filters.includes('isunplayed') ? false : undefined);
  const favourite = params.flag('isfavorite') ?? (filters.includes('isfavorite') ? true : undefined);
  return [
    ...(played === undefined ? [] : [(item: ShelfItem) => isPlayed(shelf, user, item) === played]),
    ...(favourite === undefined ? [] : [(item: ShelfItem) => shelf.state(user, item).favourite === favourite]),
    ...(filters.includes('isresumable') ? [(item: ShelfItem) => shelf.state(user, item).positionMs > 0] : []),
    ...(filters.includes('likes') ? [(item: ShelfItem) => (shelf.state(user, item).rating ?? 0) >= 6.5] : []),
    ...(filters.includes('isfolder') ? [(item: ShelfItem) => !leafKinds.includes(item.kind)] : []),
    ...(filters.includes('isnotfolder') ? [(item: ShelfItem) => leafKinds.includes(item.kind)] : []),
  ];
};

/** A container is played when all that can be played below it is. */
export const isPlayed = (shelf: Shelf, user: ShelfUser, item: ShelfItem): boolean =>
  leafKinds.includes(item.kind) ? shelf.state(user, item).played : unplayedIn(shelf, user, item) === 0;

/** How many below a container are to be played yet. */
export const unplayedIn = (shelf: Shelf, user: ShelfUser, item: ShelfItem): number =>
  leavesOf(item).filter((leaf) => !leaf.missing && !shelf.state(user, leaf).played).length;

type Value = number | string | null;

const sorted = (shelf: Shelf, user: ShelfUser | null, params: Params, items: ShelfItem[]): ShelfItem[] => {
  const orders = params.list('sortorder');
  const keys = params.list('sortby').flatMap((name, index) => {
    const value = sortValue(shelf, user, name);
    return value ? [{ value, sign: (orders[index] ?? orders.at(-1)) === 'descending' ? -1 : 1 }] : [];
  });
  if (keys.length === 0) return items;
  const rows = items.map((item) => ({ item, values: keys.map(({ value }) => value(item)) }));
  rows.sort((one, other) => {
    for (const [index, { sign }] of keys.entries()) {
      const order = compare(one.values[index] ?? null, other.values[index] ?? null);
      if (order !== 0) return order * sign;
    }
    return 0;
  });
  return rows.map(({ item }) => item);
};

/** Nothing comes before everything, as in the databases of both. */
const compare = (one: Value, other: Value): number => {
  if (one === other) return 0;
  if (one === null) return -1;
  if (other === null) return 1;
  return one < other ? -1 : 1;
};

const sortValue = (shelf: Shelf, user: ShelfUser | null, name: string): ((item: ShelfItem) => Value) | undefined => {
  const state = (item: ShelfItem) => (user ? shelf.state(user, item) : null);
  const values: Record<string, (item: ShelfItem) => Value> = {
    sortname: (item) => (item.sortTitle ?? item.title).toLowerCase(),
    name: (item) => item.title.toLowerCase(),
    seriessortname: (item) => rootOf(item).title.toLowerCase(),
    datecreated: (item) => item.addedAt,
    datelastcontentadded: (item) => item.addedAt,
    dateplayed: (item) => state(item)?.lastPlayedAt ?? null,
    playcount: (item) => state(item)?.playCount ?? 0,
    isplayed: (item) => Number(state(item)?.played ?? false),
    isunplayed: (item) => Number(!(state(item)?.played ?? false)),
    isfavoriteorliked: (item) => Number(state(item)?.favourite ?? false),
    premieredate: (item) => item.premiered ?? null,
    productionyear: (item) => item.year ?? null,
    runtime: (item) => item.runtimeMs,
    communityrating: (item) => item.communityRating ?? null,
    parentindexnumber: (item) => item.parentIndex,
    indexnumber: (item) => item.index,
    airedepisodeorder: (item) => (item.parentIndex ?? 0) * 10_000 + (item.index ?? 0),
    album: (item) => item.parent?.title.toLowerCase() ?? null,
    random: (item) => item.id,
  };
  return values[name];
};
