import {
  leafKinds,
  rootOf,
  type Shelf,
  type ShelfItem,
  type ShelfLibrary,
  type ShelfUser,
  userDataKey,
} from '../shelf.ts';
import { type Fields, stamp, ticks, type Wording } from '../shelf-pages.ts';
import { isPlayed, mediaTypeOf, TYPES, unplayedIn } from '../shelf-query.ts';

export interface JellyfinWords extends Wording {
  user(user: ShelfUser): object;
  library(library: ShelfLibrary): object;
}

/** How Jellyfin writes down what is on a shelf: nulls are left out, and so is what was not asked for. */
export const createJellyfinWords = (shelf: Shelf, serverId: string): JellyfinWords => ({
  facts: (item, fields) => ({
    Name: item.title,
    ServerId: serverId,
    Id: item.id,
    ...common(item),
    ...place(item),
    ...onRequest(item, fields),
    ImageTags: {},
    BackdropImageTags: [],
    LocationType: item.missing ? 'Virtual' : 'FileSystem',
    MediaType: mediaTypeOf(item),
  }),
  userData: (user, item) => userData(shelf, user, item),
  user: (user) => userOf(user, serverId),
  library: (library) => ({
    Name: library.name,
    ServerId: serverId,
    Id: library.id,
    IsFolder: true,
    Type: 'CollectionFolder',
    CollectionType: library.type ?? undefined,
    ImageTags: {},
    BackdropImageTags: [],
    LocationType: 'FileSystem',
    MediaType: 'Unknown',
  }),
});

const common = (item: ShelfItem) => ({
  Container: item.path && leafKinds.includes(item.kind) ? extensionOf(item.path) : undefined,
  PremiereDate: item.premiered && stamp(Date.parse(item.premiered)),
  OfficialRating: item.officialRating,
  CommunityRating: item.communityRating,
  RunTimeTicks: item.runtimeMs === null ? undefined : ticks(item.runtimeMs),
  ProductionYear: item.year,
  IndexNumber: item.index ?? undefined,
  IndexNumberEnd: item.indexEnd ?? undefined,
  ParentIndexNumber: item.parentIndex ?? undefined,
  IsFolder: !leafKinds.includes(item.kind),
  Type: TYPES[item.kind],
  VideoType: mediaTypeOf(item) === 'Video' && !item.missing ? 'VideoFile' : undefined,
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

const onRequest = (item: ShelfItem, fields: Fields): object => ({
  ...(fields.has('originaltitle') && { OriginalTitle: item.originalTitle }),
  ...(fields.has('sortname') && { SortName: item.sortTitle ?? item.title.toLowerCase() }),
  ...(fields.has('datecreated') && { DateCreated: stamp(item.addedAt) }),
  ...(fields.has('overview') && { Overview: item.overview }),
  ...(fields.has('taglines') && { Taglines: item.tagline ? [item.tagline] : [] }),
  ...(fields.has('genres') && { Genres: item.genres ?? [] }),
  ...(fields.has('tags') && { Tags: item.tags ?? [] }),
  ...(fields.has('providerids') && { ProviderIds: item.ids }),
  ...(fields.has('path') && item.path !== null && { Path: item.path }),
  ...(fields.has('parentid') && { ParentId: item.parent?.id ?? item.library.id }),
  ...(fields.has('mediasources') &&
    item.path !== null &&
    leafKinds.includes(item.kind) && { MediaSources: sources(item) }),
  ...(fields.has('mediasourcecount') && item.versionIds.length > 0 && { MediaSourceCount: item.versionIds.length + 1 }),
  ...(fields.has('childcount') && !leafKinds.includes(item.kind) && { ChildCount: item.children.length }),
  ...(fields.has('specialepisodenumbers') && {
    AirsBeforeSeasonNumber: item.airsBeforeSeason,
    AirsBeforeEpisodeNumber: item.airsBeforeEpisode,
    AirsAfterSeasonNumber: item.airsAfterSeason,
  }),
});

const sources = (item: ShelfItem): object[] =>
  [
    { id: item.id, name: item.title, path: item.path ?? '' },
    ...(item.versions ?? []).map((version, index) => ({ ...version, id: item.versionIds[index] })),
  ].map(({ id, name, path }, index) => ({
    Protocol: 'File',
    Id: id,
    Path: path,
    Type: index === 0 ? 'Default' : 'Grouping',
    Container: extensionOf(path),
    Size: 1_000_000_000 + index,
    Name: name,
    RunTimeTicks: item.runtimeMs === null ? undefined : ticks(item.runtimeMs),
  }));

const extensionOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

const userData = (shelf: Shelf, user: ShelfUser, item: ShelfItem) => {
  const { positionMs, playCount, favourite, rating, played, lastPlayedAt } = shelf.state(user, item);
  const folder = !leafKinds.includes(item.kind);
  const share = positionMs > 0 && item.runtimeMs ? (positionMs / item.runtimeMs) * 100 : undefined;
  return {
    Rating: rating ?? undefined,
    PlayedPercentage: share,
    UnplayedItemCount: folder ? unplayedIn(shelf, user, item) : undefined,
    PlaybackPositionTicks: ticks(positionMs),
    PlayCount: playCount,
    IsFavorite: favourite,
    Likes: rating === null ? undefined : rating >= LIKED,
    LastPlayedDate: lastPlayedAt === null ? undefined : stamp(lastPlayedAt),
    Played: folder ? isPlayed(shelf, user, item) : played,
    Key: userDataKey(item),
    ItemId: item.id,
  };
};

const LIKED = 6.5;

const userOf = (user: ShelfUser, serverId: string) => ({
  Name: user.name,
  ServerId: serverId,
  Id: user.id,
  HasPassword: true,
  HasConfiguredPassword: true,
  HasConfiguredEasyPassword: false,
  EnableAutoLogin: false,
  LastActivityDate: '2024-05-01T12:34:56.1234567Z',
  Policy: {
    IsAdministrator: user.admin,
    IsHidden: user.hidden,
    IsDisabled: user.disabled,
    EnableUserPreferenceAccess: user.mayWrite,
    EnableAllFolders: user.libraries === null,
    EnabledFolders: (user.libraries ?? []).map(({ id }) => id),
    AuthenticationProviderId: 'Jellyfin.Server.Implementations.Users.DefaultAuthenticationProvider',
    PasswordResetProviderId: 'Jellyfin.Server.Implementations.Users.DefaultPasswordResetProvider',
  },
});
