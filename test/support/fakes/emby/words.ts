import { guid, leafKinds, rootOf, type Shelf, type ShelfItem, type ShelfLibrary, type ShelfUser } from '../shelf.ts';
import { type Fields, stamp, ticks, type Wording } from '../shelf-pages.ts';
import { isPlayed, mediaTypeOf, TYPES, unplayedIn } from '../shelf-query.ts';

export interface EmbyWords extends Wording {
  user(user: ShelfUser): object;
  library(library: ShelfLibrary): object;
}

/** How Emby writes down what is on a shelf: less than Jellyfin unless asked, and the date and count of plays only if asked. */
export const createEmbyWords = (shelf: Shelf, serverId: string): EmbyWords => ({
  facts: (item, fields) => ({
    Name: item.title,
    ServerId: serverId,
    Id: item.id,
    RunTimeTicks: item.runtimeMs === null ? undefined : ticks(item.runtimeMs),
    IndexNumber: item.index ?? undefined,
    IndexNumberEnd: item.indexEnd ?? undefined,
    ParentIndexNumber: item.parentIndex ?? undefined,
    IsFolder: !leafKinds.includes(item.kind),
    Type: TYPES[item.kind],
    ...place(item),
    ...works(item, fields),
    ...files(item, fields),
    ImageTags: {},
    BackdropImageTags: [],
    LocationType: item.missing ? 'Virtual' : undefined,
    MediaType: leafKinds.includes(item.kind) ? mediaTypeOf(item) : undefined,
  }),
  userData: (user, item, fields) => userData(shelf, user, item, fields),
  user: (user) => userOf(user, serverId),
  library: (library) => ({
    Name: library.name,
    ServerId: serverId,
    Id: library.id,
    Guid: guid(`library ${library.id}`),
    IsFolder: true,
    Type: 'CollectionFolder',
    CollectionType: library.type ?? undefined,
    ImageTags: {},
    BackdropImageTags: [],
  }),
});

/** What it hangs from. */
const place = (item: ShelfItem): object => {
  const { parent } = item;
  if (!parent) return {};
  if (item.kind === 'season') return { SeriesName: parent.title, SeriesId: parent.id };
  const season = parent.kind === 'season' ? { SeasonId: parent.id, SeasonName: parent.title } : {};
  const root = rootOf(item);
  if (item.kind === 'episode') return { SeriesName: root.title, SeriesId: root.id, ...season };
  const artist = [{ Name: root.title, Id: root.id }];
  const music = { Artists: [root.title], ArtistItems: artist, AlbumArtist: root.title, AlbumArtists: artist };
  return item.kind === 'track' ? { Album: parent.title, AlbumId: parent.id, ...music } : music;
};

const works = (item: ShelfItem, fields: Fields): object => ({
  ...(fields.has('originaltitle') && { OriginalTitle: item.originalTitle }),
  ...(fields.has('sortname') && { SortName: item.sortTitle ?? item.title }),
  ...(fields.has('premieredate') && { PremiereDate: item.premiered && stamp(Date.parse(item.premiered)) }),
  ...(fields.has('productionyear') && { ProductionYear: item.year }),
  ...(fields.has('officialrating') && { OfficialRating: item.officialRating }),
  ...(fields.has('communityrating') && { CommunityRating: item.communityRating }),
  ...(fields.has('overview') && { Overview: item.overview }),
  ...(fields.has('taglines') && { Taglines: item.tagline ? [item.tagline] : [] }),
  ...(fields.has('genres') && { Genres: item.genres ?? [], GenreItems: named(item.genres) }),
  ...(fields.has('tags') && { TagItems: named(item.tags) }),
  ...(fields.has('studios') && { Studios: [] }),
  ...(fields.has('providerids') && { ProviderIds: item.ids }),
  ...(fields.has('externalurls') && { ExternalUrls: [] }),
  ...(fields.has('sortparentindexnumber') && { SortParentIndexNumber: item.airsBeforeSeason ?? item.airsAfterSeason }),
});

const named = (names: string[] = []): object[] => names.map((Name, index) => ({ Name, Id: 900_000 + index }));

const files = (item: ShelfItem, fields: Fields): object => {
  const { path } = item;
  const leaf = leafKinds.includes(item.kind) && path !== null;
  return {
    ...(fields.has('datecreated') && { DateCreated: stamp(item.addedAt) }),
    ...(fields.has('parentid') && { ParentId: item.parent?.id ?? item.library.id }),
    ...(fields.has('path') && path !== null && { Path: path, ...(leaf && { FileName: path.split(/[\\/]/).at(-1) }) }),
    ...(fields.has('container') && leaf && { Container: path.split('.').at(-1) }),
    ...(fields.has('size') && leaf && { Size: 1_000_000_000 }),
    ...(fields.has('bitrate') && leaf && { Bitrate: 3_152_840 }),
    ...(fields.has('mediasources') && leaf && { MediaSources: sources(item) }),
    ...(fields.has('childcount') && !leafKinds.includes(item.kind) && { ChildCount: item.children.length }),
  };
};

const sources = (item: ShelfItem): object[] => {
  const own = { name: item.title, path: item.path ?? '', id: item.id };
  const others = (item.versions ?? []).map((version, index) => ({ ...version, id: item.versionIds[index] }));
  return [own, ...others].map(({ id, name, path }, index) => ({
    Protocol: 'File',
    Id: `mediasource_${id}`,
    ItemId: id,
    Path: path,
    Type: index === 0 ? 'Default' : 'Grouping',
    Container: path.split('.').at(-1),
    Size: 1_000_000_000 + index,
    Name: name,
    RunTimeTicks: item.runtimeMs === null ? undefined : ticks(item.runtimeMs),
  }));
};

const userData = (shelf: Shelf, user: ShelfUser, item: ShelfItem, fields: Fields) => {
  const { positionMs, playCount, favourite, rating, played, lastPlayedAt } = shelf.state(user, item);
  const folder = !leafKinds.includes(item.kind);
  return {
    Rating: rating ?? undefined,
    UnplayedItemCount: folder ? unplayedIn(shelf, user, item) : undefined,
    PlaybackPositionTicks: ticks(positionMs),
    ...(fields.has('userdataplaycount') && { PlayCount: playCount }),
    IsFavorite: favourite,
    ...(fields.has('userdatalastplayeddate') && lastPlayedAt !== null && { LastPlayedDate: stamp(lastPlayedAt) }),
    Played: folder ? isPlayed(shelf, user, item) : played,
  };
};

const userOf = (user: ShelfUser, serverId: string) => ({
  Name: user.name,
  ServerId: serverId,
  Prefix: user.name.slice(0, 1).toUpperCase(),
  DateCreated: '2023-01-01T00:00:00.0000000Z',
  Id: user.id,
  HasPassword: true,
  HasConfiguredPassword: true,
  LastActivityDate: '2024-05-01T12:34:56.0000000Z',
  Policy: {
    IsAdministrator: user.admin,
    IsHidden: user.hidden,
    IsHiddenRemotely: user.hidden,
    IsDisabled: user.disabled,
    EnableUserPreferenceAccess: user.mayWrite,
    EnableAllFolders: user.libraries === null,
    EnabledFolders: (user.libraries ?? []).map(({ id }) => guid(`library ${id}`)),
  },
});
