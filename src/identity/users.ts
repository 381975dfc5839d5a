import { loadOwnGrants, saveGrants } from '#access/grants-repository.ts';
import { faultsOutside } from '#access/within.ts';
import { type Changes, changesBetween, HIDDEN } from '#audit/audit.ts';
import type { Reader, Transaction } from '#database/database.ts';
import { conflict, forbidden, invalid } from '#kernel/errors.ts';
import type { UserId } from '#kernel/ids.ts';
import type { Page, PageRequest } from '#kernel/page.ts';
import { fold } from '#kernel/text.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { patchGrants } from './grants-input.ts';
import { hashPassword, verifyPassword } from './password.ts';
import type { Parts } from './ports.ts';
import { checkedZone } from './time-zone.ts';
import type { GrantsPatch, NewUser, UserPatch, UserView } from './types.ts';
import { findUser, listUsers, MOST_MANAGED, managedBy, type UserRow, viewUsers } from './user-query.ts';
import {
  deleteUser,
  endSessions,
  holdUsers,
  insertUser,
  lossOf,
  requireAnotherAdmin,
  updateUser,
} from './user-repository.ts';
import { refusalToChange, refusalToDelete, refusalToMake, requireKnown } from './user-rules.ts';

export interface Users {
  /** Everyone for an admin, else the viewer and their managed users. */
  list(viewer: Viewer, page: PageRequest): Promise<Page<UserView>>;
  /** @throws AppError `not_found`, also for people whom the viewer may not know of */
  get(viewer: Viewer, id: UserId): Promise<UserView>;
  create(viewer: Viewer, user: NewUser): Promise<UserView>;
  /** @param address where the request comes from, for the limit on guessing the old password */
  update(viewer: Viewer, id: UserId, patch: UserPatch, address: string): Promise<UserView>;
  /** @param confirmation the user's name; without it the error says what would be lost */
  remove(viewer: Viewer, id: UserId, confirmation: string | undefined): Promise<void>;
}

export const createUsers = (parts: Parts): Users => ({
  list: (viewer, page) => listUsers(parts.database.read, viewer.role === 'admin' ? null : viewer.userId, page),
  get: async (viewer, id) => {
    const user = await known(parts.database.read, viewer, id);
    return viewOne(parts.database.read, user.id);
  },
  create: (viewer, user) => create(parts, viewer, user),
  update: (viewer, id, patch, address) => update(parts, viewer, id, patch, address),
  remove: (viewer, id, confirmation) => remove(parts, viewer, id, confirmation),
});

const create = async (parts: Parts, viewer: Viewer, body: NewUser): Promise<UserView> => {
  const maker = await findUser(parts.database.read, viewer.userId);
  const refusal = refusalToMake(viewer, maker?.owner_id !== null, body);
  if (refusal) throw refusal;
  // A profile of the same household begins with the owner's zone.
  const timeZone = checkedZone(body.timeZone ?? (body.managed ? viewer.timeZone : parts.timeZone));
  const passwordHash = body.password === undefined ? null : await hashPassword(body.password);
  const ownerId = body.managed ? viewer.userId : null;
  return unlessNameTaken(parts, async (tx) => {
    if (ownerId !== null) await requireRoom(tx, ownerId);
    const row = await insertUser(tx, parts.clock, {
      name: body.name,
      role: body.role ?? 'user',
      passwordHash,
      ownerId,
      timeZone,
    });
    if (body.grants) await changeGrants(tx, viewer, row.id, body.grants);
    const view = await viewOne(tx, row.id);
    await parts.audit.record(tx, {
      actor: viewer,
      entityType: 'user',
      entityId: row.id,
      action: 'create',
      changes: changesBetween({}, { ...auditable(view), ...(passwordHash !== null && { password: HIDDEN }) }),
    });
    return view;
  });
};

const update = async (
  parts: Parts,
  viewer: Viewer,
  id: UserId,
  patch: UserPatch,
  address: string,
): Promise<UserView> => {
  const seen = await known(parts.database.read, viewer, id);
  const refusal = refusalToChange(viewer, seen, patch);
  if (refusal) throw refusal;
  const timeZone = patch.timeZone === undefined ? undefined : checkedZone(patch.timeZone);
  // Hashing takes its time and so happens before the unit of work.
  if (patch.password !== undefined && id === viewer.userId) await requireOldPassword(parts, seen, patch, address);
  const passwordHash = patch.password === undefined ? undefined : await hashPassword(patch.password);
  return unlessNameTaken(parts, async (tx) => {
    if (patch.role !== undefined) await holdUsers(tx, parts.database.dialect);
    const user = await known(tx, viewer, id);
    if (user.role === 'admin' && patch.role !== undefined && patch.role !== 'admin') await requireAnotherAdmin(tx, id);
    const before = await viewOne(tx, id);
    await updateUser(tx, parts.clock, id, {
      ...(patch.name !== undefined && { name: patch.name.trim(), name_key: fold(patch.name) }),
      ...(patch.role !== undefined && { role: patch.role }),
      ...(timeZone !== undefined && { time_zone: timeZone }),
      ...(passwordHash !== undefined && { password_hash: passwordHash }),
    });
    if (patch.grants) await changeGrants(tx, viewer, id, patch.grants);
    if (passwordHash !== undefined) await endSessions(tx, id, id === viewer.userId ? viewer.sessionId : null);
    const view = await viewOne(tx, id);
    const changes: Changes = changesBetween(auditable(before), auditable(view));
    if (passwordHash !== undefined) changes.password = [HIDDEN, HIDDEN];
    if (Object.keys(changes).length > 0) {
      await parts.audit.record(tx, { actor: viewer, entityType: 'user', entityId: id, action: 'update', changes });
    }
    await forgetFamily(parts, tx, id);
    return view;
  });
};

const remove = async (parts: Parts, viewer: Viewer, id: UserId, confirmation: string | undefined): Promise<void> => {
  await parts.database.transaction(async (tx) => {
    await holdUsers(tx, parts.database.dialect);
    const user = await known(tx, viewer, id);
    const refusal = refusalToDelete(viewer, user);
    if (refusal) throw refusal;
    if (user.role === 'admin') await requireAnotherAdmin(tx, id);
    if (confirmation !== user.name) {
      throw conflict(
        `Deleting ${user.name} loses ${await lossOf(tx, id)}. If that is what you want, ask again with ?confirm=${encodeURIComponent(user.name)}`,
      );
    }
    await parts.audit.record(tx, {
      actor: viewer,
      entityType: 'user',
      entityId: id,
      action: 'delete',
      changes: { name: [user.name, null], role: [user.role, null] },
    });
    await forgetFamily(parts, tx, id);
    await deleteUser(tx, id);
  });
};

const known = async (db: Reader, viewer: Viewer, id: UserId): Promise<UserRow> => {
  const user = await findUser(db, id);
  requireKnown(viewer, user);
  return user;
};

const viewOne = async (db: Reader, id: UserId): Promise<UserView> => {
  const row = await findUser(db, id);
  const [view] = row ? await viewUsers(db, [row]) : [];
  if (!view) throw new Error('A user vanished in the middle of a unit of work.');
  return view;
};

const changeGrants = async (tx: Transaction, viewer: Viewer, id: UserId, patch: GrantsPatch): Promise<void> => {
  const grants = await patchGrants(tx, await loadOwnGrants(tx, id), patch);
  const faults = viewer.role === 'admin' ? [] : faultsOutside(grants, viewer.grants);
  if (faults.length > 0) throw invalid('You cannot grant more than you may see yourself.', faults);
  await saveGrants(tx, id, grants);
};

const requireOldPassword = async (parts: Parts, user: UserRow, patch: UserPatch, address: string): Promise<void> => {
  await parts.loginLimit.take(address, user.name_key);
  if (!(await verifyPassword(patch.oldPassword ?? '', user.password_hash))) {
    throw forbidden('The old password is not right.');
  }
  await parts.loginLimit.clear(address, user.name_key);
};

const requireRoom = async (tx: Transaction, owner: UserId): Promise<void> => {
  const managed = await managedBy(tx, owner);
  if (managed.length >= MOST_MANAGED) throw conflict(`There can be at most ${MOST_MANAGED} managed users.`);
};

/** What a user and their managed users may do has changed. */
const forgetFamily = async (parts: Parts, tx: Transaction, id: UserId): Promise<void> => {
  const family = new Set([id, ...(await managedBy(tx, id)).map((user) => user.id)]);
  parts.viewers.forgetAfterCommit((viewer) => family.has(viewer.userId));
};

const unlessNameTaken = async <T>(parts: Parts, work: (tx: Transaction) => Promise<T>): Promise<T> => {
  try {
    return await parts.database.transaction(work);
  } catch (error) {
    if (parts.database.dialect.isUniqueViolation(error)) throw conflict('There is a user of that name already.');
    throw error;
  }
};

const auditable = ({ name, role, ownerId, timeZone, grants }: UserView) => ({
  name,
  role,
  ownerId,
  timeZone,
  ...grants,
});
