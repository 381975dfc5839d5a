import Type, { type Static, type TSchema } from 'typebox';
import { shape } from '../exchange.ts';

/** Both servers leave out what is null, and older ones write the null. Only what is used is looked at. */
const maybe = <S extends TSchema>(schema: S) => Type.Optional(Type.Union([schema, Type.Null()]));

const text = maybe(Type.String());
const number = maybe(Type.Number());
const flag = maybe(Type.Boolean());
const texts = maybe(Type.Array(Type.String()));
const named = maybe(Type.Array(Type.Object({ Id: maybe(Type.Union([Type.String(), Type.Number()])), Name: text })));

/** How an item stands for an account (`UserItemDataDto`). */
const UserDataSchema = Type.Object({
  PlaybackPositionTicks: number,
  PlayCount: number,
  IsFavorite: flag,
  Played: flag,
  Rating: number,
  PlayedPercentage: number,
  LastPlayedDate: text,
});
export type UserData = Static<typeof UserDataSchema>;
export const UserDataAnswer = shape(UserDataSchema);

/** One entry of a list, of any kind (`BaseItemDto`). */
const ItemSchema = Type.Object({
  Id: Type.String({ minLength: 1 }),
  Name: text,
  OriginalTitle: text,
  Type: text,
  IsFolder: flag,
  LocationType: text,
  Path: text,
  Overview: text,
  OfficialRating: text,
  Taglines: texts,
  Genres: texts,
  Tags: texts,
  TagItems: named,
  ProductionYear: number,
  PremiereDate: text,
  DateCreated: text,
  Status: text,
  RunTimeTicks: number,
  IndexNumber: number,
  IndexNumberEnd: number,
  ParentIndexNumber: number,
  SeriesId: text,
  AlbumId: text,
  AlbumArtists: named,
  ProviderIds: maybe(Type.Object({})),
  UserData: maybe(UserDataSchema),
});
export type Item = Static<typeof ItemSchema>;
export const ItemAnswer = shape(ItemSchema);

export const ItemsAnswer = shape(Type.Object({ Items: Type.Array(ItemSchema), TotalRecordCount: number }));
export const CountAnswer = shape(Type.Object({ TotalRecordCount: Type.Number() }));

export const ViewsAnswer = shape(
  Type.Object({
    Items: Type.Array(Type.Object({ Id: Type.String({ minLength: 1 }), Name: text, CollectionType: text })),
  }),
);
export type View = { Id: string; Name?: string | null; CollectionType?: string | null };

const UserSchema = Type.Object({
  Id: Type.String({ minLength: 1 }),
  Name: text,
  Policy: maybe(Type.Object({ IsAdministrator: flag })),
});
export type User = Static<typeof UserSchema>;
export const UserAnswer = shape(UserSchema);
export const UsersAnswer = shape(Type.Array(UserSchema));
export const UsersPageAnswer = shape(Type.Object({ Items: Type.Array(UserSchema), TotalRecordCount: number }));

export const SignInAnswer = shape(Type.Object({ AccessToken: Type.String({ minLength: 1 }), User: UserSchema }));

const InfoSchema = Type.Object({
  Id: text,
  ServerName: text,
  Version: Type.String({ pattern: '^\\d+\\.\\d+' }),
  ProductName: text,
});
export type Info = Static<typeof InfoSchema>;
export const InfoAnswer = shape(InfoSchema);

export const SessionsAnswer = shape(
  Type.Array(
    Type.Object({
      UserId: text,
      NowPlayingItem: maybe(Type.Object({ Id: Type.String() })),
      PlayState: maybe(Type.Object({ PositionTicks: number })),
    }),
  ),
);
