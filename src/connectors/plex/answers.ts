import Type, { type Static, type TSchema } from 'typebox';
import { shape } from '../exchange.ts';

/**
 * What Plex answers (Plex Media Server API 1.2), as far as it is read. Hardly anything is required: what is zero or
 * nothing is left out, numbers come as text now and then, and booleans as 0, 1, "1" or true.
 */
const maybe = <S extends TSchema>(schema: S) => Type.Optional(Type.Union([schema, Type.Null()]));
const Text = maybe(Type.String());
const Numeric = maybe(Type.Union([Type.Number(), Type.String()]));
const Key = maybe(Type.Union([Type.String(), Type.Number()]));
const Flag = maybe(Type.Union([Type.Boolean(), Type.Number(), Type.String()]));
const Tags = maybe(Type.Array(Type.Object({ tag: Text })));

const Media = Type.Object({ Part: maybe(Type.Array(Type.Object({ file: Text }))) });

const Metadata = Type.Object({
  ratingKey: Key,
  parentRatingKey: Key,
  grandparentRatingKey: Key,
  guid: Text,
  Guid: maybe(Type.Array(Type.Object({ id: Text }))),
  type: Text,
  title: Text,
  originalTitle: Text,
  titleSort: Text,
  summary: Text,
  tagline: Text,
  contentRating: Text,
  index: Numeric,
  parentIndex: Numeric,
  year: Numeric,
  originallyAvailableAt: Text,
  addedAt: Numeric,
  duration: Numeric,
  viewCount: Numeric,
  viewOffset: Numeric,
  lastViewedAt: Numeric,
  userRating: Numeric,
  librarySectionID: Key,
  Genre: Tags,
  Collection: Tags,
  Media: maybe(Type.Array(Media)),
  Location: maybe(Type.Array(Type.Object({ path: Text }))),
});
export type PlexMetadata = Static<typeof Metadata>;

const Section = Type.Object({ key: Key, type: Text, title: Text });

const container = <S extends TSchema>(inside: S) => shape(Type.Object({ MediaContainer: inside }));
const paging = { size: Numeric, totalSize: Numeric, offset: Numeric };

export const MetadataPage = container(Type.Object({ ...paging, Metadata: maybe(Type.Array(Metadata)) }));
export const Sections = container(Type.Object({ Directory: maybe(Type.Array(Section)) }));

export const Identity = container(
  Type.Object({ machineIdentifier: Type.String({ minLength: 1 }), version: Type.Optional(Type.String()) }),
);
export const Root = container(Type.Object({ friendlyName: Text, version: Text }));

export const Sessions = container(
  Type.Object({
    Metadata: maybe(
      Type.Array(Type.Object({ ratingKey: Key, viewOffset: Numeric, User: maybe(Type.Object({ id: Key })) })),
    ),
  }),
);

const Play = Type.Object({ historyKey: Text, ratingKey: Key, viewedAt: Numeric, accountID: Key, type: Text });
export type PlexPlay = Static<typeof Play>;
export const History = container(Type.Object({ ...paging, Metadata: maybe(Type.Array(Play)) }));

export const TvUser = shape(Type.Object({ id: Type.Integer(), title: Text, username: Text }));

export const HomeUsers = shape(
  Type.Object({
    users: maybe(
      Type.Array(
        Type.Object({ id: Type.Integer(), uuid: Type.String(), title: Text, username: Text, protected: Flag }),
      ),
    ),
  }),
);

export const Switched = shape(Type.Object({ authToken: Type.String({ minLength: 1 }) }));

const TvConnection = Type.Object({
  uri: Type.String(),
  address: Text,
  port: Numeric,
  local: Flag,
  relay: Flag,
});
const Resource = Type.Object({
  name: Text,
  provides: Text,
  clientIdentifier: Type.String(),
  accessToken: Text,
  owned: Flag,
  httpsRequired: Flag,
  connections: maybe(Type.Array(TvConnection)),
});
export const Resources = shape(Type.Array(Resource));
export type PlexResource = Static<typeof Resource>;

export const Pin = shape(
  Type.Object({ id: Type.Integer(), code: Type.String({ minLength: 1 }), expiresIn: Numeric, authToken: Text }),
);

/** What is read of XML: each attribute is text. */
export const Friends = container(
  Type.Object({
    User: maybe(
      Type.Array(
        Type.Object({
          id: Type.String(),
          title: Text,
          username: Text,
          Server: maybe(Type.Array(Type.Object({ machineIdentifier: Text }))),
        }),
      ),
    ),
  }),
);
export const SharedServers = container(
  Type.Object({ SharedServer: maybe(Type.Array(Type.Object({ userID: Text, accessToken: Text }))) }),
);

export const Delivered = shape(
  Type.Object({
    event: Type.String({ minLength: 1, maxLength: 100 }),
    Account: maybe(Type.Object({ id: Key, title: Text })),
    Server: maybe(Type.Object({ uuid: Text })),
    Metadata: maybe(Type.Object({ ratingKey: Key, type: Text })),
  }),
);
