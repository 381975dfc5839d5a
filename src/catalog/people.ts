import type { Reader, Transaction } from '#database/database.ts';
import { notFound } from '#kernel/errors.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { exchangeCredits, type KnownCredit, readCredits } from './credits-repository.ts';
import type { EditorDependencies } from './editor.ts';
import { creditsOf } from './facts.ts';
import type { IncomingCredit } from './incoming.ts';
import { loadItem } from './item-view.ts';
import { lockCatalog } from './items-repository.ts';

/** Who made an item and who plays in it. */
export interface People {
  /** @throws AppError `not_found` for an item that may not be seen */
  people(viewer: Viewer, id: MediaItemId): Promise<KnownCredit[]>;
  /** Exactly these, in their order. @throws AppError `not_found` */
  setPeople(viewer: Viewer, id: MediaItemId, people: IncomingCredit[]): Promise<KnownCredit[]>;
}

export const createPeople = ({ database, audit }: EditorDependencies): People => ({
  people: async (viewer, id) => {
    await requireItem(database.read, viewer, id);
    return readCredits(database.read, id);
  },
  setPeople: (viewer, id, people) =>
    database.transaction(async (tx) => {
      await lockCatalog(tx);
      await requireItem(tx, viewer, id);
      const before = await told(tx, id);
      await exchangeCredits(tx, id, creditsOf(people));
      const after = await told(tx, id);
      if (before !== after) {
        const changes = { people: [before, after] as [unknown, unknown] };
        await audit.record(tx, { actor: viewer, entityType: 'item', entityId: id, action: 'update', changes });
      }
      return readCredits(tx, id);
    }),
});

const requireItem = async (db: Reader, viewer: Viewer, id: MediaItemId): Promise<void> => {
  if (!(await loadItem(db, viewer.grants, id))) throw notFound('This item');
};

/** As the audit log has it. */
const told = async (tx: Transaction, id: MediaItemId): Promise<string> =>
  (await readCredits(tx, id)).map(({ name, role, character }) => `${name} (${character ?? role})`).join(', ');
