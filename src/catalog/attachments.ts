import type { Transaction } from '#database/database.ts';
import { creditRoles } from '#database/tables/catalog.ts';
import type { GenreId, MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import { fold } from '#kernel/text.ts';
import {
  addExternalIds,
  addImages,
  addTags,
  readExternalIds,
  readImages,
  readTags,
  removeExternalIds,
  removeImages,
} from './attachments-repository.ts';
import type { Mode } from './changes.ts';
import { exchangeCredits, readCredits } from './credits-repository.ts';
import { contradict } from './external-id.ts';
import type { Credit, Facts } from './facts.ts';
import { addGenres, genreIds, readGenres, removeGenres } from './genres-repository.ts';
import type { Batch } from './ingest-batch.ts';
import { namesOf } from './ingest-known.ts';
import type { MadeItem } from './ingest-later.ts';
import { candidatesByIds } from './match-query.ts';

/** Brings what hangs on an item up to what was told. Writes nothing where it is so already. */
export const keepAttachments = async (
  tx: Transaction,
  item: { id: MediaItemId; kind: MediaKind },
  facts: Facts,
  mode: Mode,
): Promise<void> => {
  if (facts.ids.length > 0) await keepExternalIds(tx, item, facts, mode);
  if (facts.tags.length > 0) await keepTags(tx, item.id, facts);
  if (facts.genres.length > 0) await keepGenres(tx, item.id, facts, mode);
  if (facts.people.length > 0) await keepPeople(tx, item.id, facts, mode);
  if (facts.images.length > 0) await keepImages(tx, item.id, facts, mode);
};

/** The same, and the row of its kind, for an item that was just made. Most of it waits for the end of the batch. */
export const addAttachments = async (
  batch: Batch,
  tx: Transaction,
  item: MadeItem & { parentId: MediaItemId | null },
  facts: Facts,
): Promise<void> => {
  const names = namesOf(item.kind, item.parentId, facts);
  for (const name of names) batch.known.absent.delete(name);
  batch.later.add(item, names, facts, await genresFor(batch, tx, facts.genres));
  await addTags(tx, item.id, facts.tags);
  if (facts.people.length > 0) await exchangeCredits(tx, item.id, facts.people);
};

const genresFor = async ({ known }: Batch, tx: Transaction, names: readonly string[]): Promise<GenreId[]> => {
  const unknown = names.filter((name) => !known.genres.has(fold(name)));
  if (unknown.length > 0) for (const { id, name_key } of await genreIds(tx, unknown)) known.genres.set(name_key, id);
  return names.flatMap((name) => known.genres.get(fold(name)) ?? []);
};

/** A provider's name of the work is only exchanged for another by an update, and never for one that another item has. */
const keepExternalIds = async (
  tx: Transaction,
  item: { id: MediaItemId; kind: MediaKind },
  facts: Facts,
  mode: Mode,
): Promise<void> => {
  const known = await readExternalIds(tx, item.id);
  const missing = facts.ids.filter(
    (id) => !known.some((own) => own.provider === id.provider && own.value === id.value),
  );
  if (missing.length === 0) return;
  const other = missing.filter((id) => contradict([...facts.ids.filter((x) => x.provider === id.provider)], known));
  await addExternalIds(
    tx,
    item.kind,
    item.id,
    missing.filter((id) => !other.includes(id)),
  );
  if (mode === 'update' && other.length > 0 && (await candidatesByIds(tx, item.kind, other)).length === 0) {
    await removeExternalIds(
      tx,
      item.id,
      other.map((id) => id.provider),
    );
    await addExternalIds(tx, item.kind, item.id, other);
  }
};

const keepTags = async (tx: Transaction, itemId: MediaItemId, facts: Facts): Promise<void> => {
  const known = new Set((await readTags(tx, itemId)).map(fold));
  await addTags(
    tx,
    itemId,
    facts.tags.filter((name) => !known.has(fold(name))),
  );
};

/** Told where there were none, or exchanged as a whole by an update: a source tells all that it knows. */
const keepGenres = async (tx: Transaction, itemId: MediaItemId, { genres }: Facts, mode: Mode): Promise<void> => {
  const known = (await readGenres(tx, itemId)).map(fold);
  const isSame = known.length === genres.length && genres.every((name) => known.includes(fold(name)));
  if (isSame || (known.length > 0 && mode !== 'update')) return;
  await removeGenres(tx, itemId);
  await addGenres(tx, itemId, genres);
};

const keepPeople = async (tx: Transaction, itemId: MediaItemId, { people }: Facts, mode: Mode): Promise<void> => {
  const known = await readCredits(tx, itemId);
  if (known.length > 0 && mode !== 'update') return;
  if (sameCredits(known, people)) return;
  await exchangeCredits(tx, itemId, people);
};

/** Whether they tell the same, whatever the order between roles. */
const sameCredits = (known: readonly Credit[], told: readonly Credit[]): boolean => {
  const inRoles = (credits: readonly Credit[]): string =>
    JSON.stringify(
      creditRoles.map((role) =>
        credits.flatMap((credit) => (credit.role === role ? [fold(credit.name), credit.character] : [])),
      ),
    );
  return inRoles(known) === inRoles(told);
};

/** By role: an image of a role there is none of is added; an update exchanges the images of a role it tells. */
const keepImages = async (tx: Transaction, itemId: MediaItemId, facts: Facts, mode: Mode): Promise<void> => {
  const known = await readImages(tx, itemId);
  const roles = [...new Set(facts.images.map((image) => image.role))].filter((role) => {
    const told = facts.images.filter((image) => image.role === role);
    const own = known.filter((image) => image.role === role);
    const same = told.length === own.length && told.every(({ address }) => own.some((one) => one.address === address));
    return own.length === 0 || (mode === 'update' && !same);
  });
  await removeImages(tx, itemId, roles);
  await addImages(
    tx,
    itemId,
    facts.images.filter((image) => roles.includes(image.role)),
  );
};
