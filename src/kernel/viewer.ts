import type { DeviceUserId, MediaItemId, ScopeId, SessionId, StreamSourceId, TagId, UserId } from './ids.ts';

/** `admin` runs the house, `user` records what they watch, `guest` only reads. */
export const roles = ['admin', 'user', 'guest'] as const;
export type Role = (typeof roles)[number];

/** How a device user's activity meets the group's (domain §2). */
export const isolationModes = ['silo', 'quiet', 'loud', 'shout'] as const;
export type IsolationMode = (typeof isolationModes)[number];

/** What a user may see of the catalog. null means: no limit of that sort. */
export interface Grants {
  libraries: MediaItemId[] | null;
  streamSources: StreamSourceId[] | null;
  /** Highest rating level seen; items with a higher one are hidden. */
  maxRatingLevel: number | null;
  /** Whether items without any rating level are seen when `maxRatingLevel` is set. Doubt means no. */
  allowUnrated: boolean;
  /** When set, only items that carry one of these tags, themselves or above. */
  allowedTags: TagId[] | null;
  /** Items that carry one of these tags, themselves or above, are hidden. */
  blockedTags: TagId[];
}

/** Who asks: a user on a device, resolved once for each request from its token or session. */
export interface Viewer {
  userId: UserId;
  userName: string;
  role: Role;
  /** IANA zone in which this user's days begin and end. */
  timeZone: string;
  deviceUserId: DeviceUserId;
  isolation: IsolationMode;
  /** The scope of this device user alone. */
  ownScope: ScopeId;
  /** The scope that the user's loud and shout device users share. */
  groupScope: ScopeId;
  grants: Grants;
  /** Set when the request came with a web session rather than an API token. */
  sessionId: SessionId | null;
}

/** Who acts: a device user with its scopes. What a media server tells is done by its account's actor. */
export type Actor = Pick<Viewer, 'userId' | 'deviceUserId' | 'isolation' | 'ownScope' | 'groupScope'>;

/** Scopes that a viewer's reads merge: at most two, ever (domain §4). */
export const readScopes = (actor: Pick<Actor, 'isolation' | 'ownScope' | 'groupScope'>): ScopeId[] => {
  switch (actor.isolation) {
    case 'loud':
      return [actor.groupScope];
    case 'quiet':
      return [actor.ownScope, actor.groupScope];
    case 'silo':
    case 'shout':
      return [actor.ownScope];
  }
};

/** Scopes that a viewer's writes go to: its own first (domain §4). */
export const writeScopes = (actor: Pick<Actor, 'isolation' | 'ownScope' | 'groupScope'>): ScopeId[] =>
  actor.isolation === 'loud' || actor.isolation === 'shout' ? [actor.ownScope, actor.groupScope] : [actor.ownScope];
