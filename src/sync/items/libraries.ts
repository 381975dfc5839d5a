import { type Audit, changesBetween } from '#audit/audit.ts';
import type { Ingest } from '#catalog/ingest.ts';
import type { Database, Transaction } from '#database/database.ts';
import { invalid, notFound } from '#kernel/errors.ts';
import type { ClientId, MediaItemId } from '#kernel/ids.ts';
import type { LibraryKind } from '#kernel/media.ts';
import type { Actor } from '#kernel/viewer.ts';
import type { RemoteLibrary } from '../media-server.ts';
import {
  choicesOf,
  clientName,
  dropLibraries,
  type KnownLibrary,
  kindOfLibrary,
  librariesOf,
  saveLibrary,
} from './libraries-repository.ts';

/** Which of ours the libraries of a client stand for, during a run. */
export interface LibraryPlan {
  /**
   * Where an entry of a kind goes: what a person chose for its library, else the first of the kind, made when there is
   * none.
   * @param remoteId its library's, as the entry tells it; undefined: not told
   */
  libraryFor(tx: Transaction, kind: LibraryKind, remoteId: string | undefined): Promise<MediaItemId>;
  /** Remote ids of those that count; undefined: all, and none need be named. */
  included: readonly string[] | undefined;
}

export interface LibraryChoice {
  /** null: the first of its kind. */
  libraryId: MediaItemId | null;
  /** false: it is left out of everything. */
  included: boolean;
}

/** The libraries of media servers, and what a person chose for each. */
export interface ClientLibraries {
  /**
   * Takes over what the server tells of its libraries, at the beginning of a run. New ones are included. One that is gone
   * is forgotten, unless a person chose something for it: that is kept for when it comes back.
   */
  refresh(tx: Transaction, clientId: ClientId, told: readonly RemoteLibrary[]): Promise<LibraryPlan>;
  /** @throws AppError `not_found` */
  list(clientId: ClientId): Promise<KnownLibrary[]>;
  /**
   * @throws AppError `not_found`; `invalid` where ours is of another kind
   */
  choose(
    by: Pick<Actor, 'userId' | 'deviceUserId'> | null,
    clientId: ClientId,
    remoteId: string,
    choice: LibraryChoice,
  ): Promise<KnownLibrary>;
}

interface Tools {
  database: Database;
  audit: Audit;
  ingest: Pick<Ingest, 'library'>;
}

export const createClientLibraries = ({ database, audit, ingest }: Tools): ClientLibraries => ({
  refresh: async (tx, clientId, told) => {
    const known = new Map((await choicesOf(tx, clientId)).map((library) => [library.remoteId, library]));
    for (const library of told) {
      const before = known.get(library.remoteId);
      const after = knownAs(library, before);
      if (!before || !same(before, after)) await save(tx, clientId, after);
    }
    const names = new Set(told.map(({ remoteId }) => remoteId));
    const gone = [...known.values()].filter((library) => !names.has(library.remoteId) && !isChosen(library));
    // A server that tells of no libraries at all is more likely at its beginning than emptied.
    if (told.length > 0) {
      await dropLibraries(
        tx,
        clientId,
        gone.map(({ remoteId }) => remoteId),
      );
    }
    return planOf(
      ingest,
      told.map((library) => knownAs(library, known.get(library.remoteId))),
    );
  },
  list: async (clientId) => {
    await requireClient(database, clientId);
    return librariesOf(database.read, clientId);
  },
  choose: async (by, clientId, remoteId, choice) => {
    await requireClient(database, clientId);
    return database.transaction(async (tx) => {
      const before = (await librariesOf(tx, clientId)).find((library) => library.remoteId === remoteId);
      if (!before) throw notFound('This library of the media server');
      if (choice.libraryId !== null) await requireKind(tx, choice.libraryId, before.kind);
      const after = { ...before, ...choice };
      if (same(before, after)) return before;
      await save(tx, clientId, after);
      const changes = Object.entries(changesBetween({ ...before }, { ...after }));
      await audit.record(tx, {
        actor: by,
        entityType: 'client',
        entityId: clientId,
        action: 'update',
        changes: Object.fromEntries(changes.map(([field, change]) => [`library ${before.name}: ${field}`, change])),
      });
      return after;
    });
  },
});

/** @param libraries that the server has now */
const planOf = (ingest: Pick<Ingest, 'library'>, libraries: readonly KnownLibrary[]): LibraryPlan => {
  const chosen = new Map(libraries.map((library) => [library.remoteId, library]));
  const counted = libraries.filter((library) => library.included);
  return {
    libraryFor: async (tx, kind, remoteId) => {
      const library = remoteId === undefined ? undefined : chosen.get(remoteId);
      if (library?.kind === kind && library.libraryId !== null) return library.libraryId;
      return ingest.library(tx, kind);
    },
    included: counted.length === libraries.length ? undefined : counted.map(({ remoteId }) => remoteId),
  };
};

const knownAs = ({ remoteId, name, kind }: RemoteLibrary, before: KnownLibrary | undefined): KnownLibrary => ({
  remoteId,
  name: name.slice(0, LONGEST_NAME),
  kind,
  libraryId: before?.kind === kind ? before.libraryId : null,
  included: before?.included ?? true,
});

const LONGEST_NAME = 200;

const isChosen = ({ libraryId, included }: KnownLibrary): boolean => libraryId !== null || !included;

const same = (one: KnownLibrary, other: KnownLibrary): boolean =>
  one.name === other.name &&
  one.kind === other.kind &&
  one.libraryId === other.libraryId &&
  one.included === other.included;

const save = (tx: Transaction, clientId: ClientId, library: KnownLibrary): Promise<void> =>
  saveLibrary(tx, {
    client_id: clientId,
    remote_id: library.remoteId,
    name: library.name,
    kind: library.kind,
    library_id: library.libraryId,
    included: library.included ? 1 : 0,
  });

const requireClient = async ({ read }: Database, clientId: ClientId): Promise<void> => {
  if ((await clientName(read, clientId)) === undefined) throw notFound('This client');
};

const requireKind = async (tx: Transaction, id: MediaItemId, kind: LibraryKind): Promise<void> => {
  const found = await kindOfLibrary(tx, id);
  if (found === kind) return;
  const message = found === undefined ? 'is none of our libraries' : `is a library of ${found}, this one is of ${kind}`;
  throw invalid(`Choose a library of ${kind}.`, [{ path: 'libraryId', message }]);
};
