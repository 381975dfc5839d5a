declare const brand: unique symbol;

/** A 64-bit integer id of one kind of row; ids of different kinds do not mix. Held as a safe integer. */
export type Id<Kind extends string> = number & { readonly [brand]: Kind };

export type UserId = Id<'user'>;
export type DeviceId = Id<'device'>;
/** A user on a device (cduid, client device user id): who all activity is recorded by. */
export type DeviceUserId = Id<'deviceUser'>;
export type ScopeId = Id<'scope'>;
export type MediaItemId = Id<'mediaItem'>;
export type PlayId = Id<'play'>;
export type ChangeSetId = Id<'changeSet'>;
export type ClientId = Id<'client'>;
export type ClientAccountId = Id<'clientAccount'>;
export type ClientItemId = Id<'clientItem'>;
export type ScanFolderId = Id<'scanFolder'>;
export type StreamSourceId = Id<'streamSource'>;
export type TagId = Id<'tag'>;
export type GenreId = Id<'genre'>;
export type PersonId = Id<'person'>;
export type SessionId = Id<'session'>;
export type ApiTokenId = Id<'apiToken'>;

/** Takes a number from outside for an id, after a schema has checked that it is an integer. */
export const asId = <I extends number>(value: number): I => value as I;
