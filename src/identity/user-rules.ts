import { type AppError, forbidden, invalid, notFound } from '#kernel/errors.ts';
import type { Viewer } from '#kernel/viewer.ts';
import type { NewUser, UserPatch } from './types.ts';
import type { UserRow } from './user-query.ts';

type Subject = Pick<UserRow, 'id' | 'owner_id' | 'name'>;

/** Whether a viewer may know of a user: an admin of everyone, others of themselves and their managed users. */
export const mayKnow = (viewer: Viewer, user: Subject): boolean =>
  viewer.role === 'admin' || user.id === viewer.userId || user.owner_id === viewer.userId;

/** @throws AppError `not_found` when the viewer may not know of this user, or there is none */
export const requireKnown: (viewer: Viewer, user: UserRow | undefined) => asserts user is UserRow = (viewer, user) => {
  if (!user || !mayKnow(viewer, user)) throw notFound('This user');
};

/**
 * Why a viewer may not make this user; undefined when they may.
 * @param isManaged whether the viewer is themselves a managed user
 */
export const refusalToMake = (viewer: Viewer, isManaged: boolean, user: NewUser): AppError | undefined => {
  if (user.managed) {
    if (isManaged) return forbidden('A managed user cannot have managed users.');
    if (user.password !== undefined) return fault('password', 'A managed user has no password.');
    return user.role === 'admin' ? fault('role', 'A managed user cannot be an admin.') : undefined;
  }
  if (viewer.role !== 'admin') return forbidden('Only an admin makes users who sign in; set "managed" to true.');
  return user.password === undefined
    ? fault('password', 'Give the user a password, or make a managed user.')
    : undefined;
};

/** Why a viewer may not change this user so; undefined when they may. */
export const refusalToChange = (viewer: Viewer, user: Subject, patch: UserPatch): AppError | undefined => {
  const isAdmin = viewer.role === 'admin';
  const isSelf = user.id === viewer.userId;
  const isOwner = user.owner_id === viewer.userId;
  if (viewer.role === 'guest' && viewer.sessionId === null) return forbidden('This token can only look.');
  if (patch.role !== undefined && !isAdmin && !isOwner) return forbidden('Only an admin changes roles.');
  if (patch.grants !== undefined && !isAdmin && !isOwner) return forbidden('Only an admin changes what you may see.');
  if (patch.role === 'admin' && user.owner_id !== null) return fault('role', 'A managed user cannot be an admin.');
  if (patch.password === undefined) return undefined;
  if (user.owner_id !== null) return fault('password', 'A managed user has no password; their owner switches to them.');
  if (isSelf && patch.oldPassword === undefined) return fault('oldPassword', 'Give the old password too.');
  return undefined;
};

/** Why a viewer may not delete this user; undefined when they may. */
export const refusalToDelete = (viewer: Viewer, user: Subject): AppError | undefined =>
  viewer.role === 'admin' || (user.owner_id === viewer.userId && viewer.role === 'user')
    ? undefined
    : forbidden('Only an admin deletes users.');

const fault = (path: string, message: string): AppError => invalid(message, [{ path, message }]);
