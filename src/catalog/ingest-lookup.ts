import { sql } from 'kysely';
import type { Transaction } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList, listedRows } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import type { Facts, Told } from './facts.ts';
import type { ExternalId } from './incoming.ts';
import type { Batch } from './ingest-batch.ts';
import { idKey, titleKey } from './ingest-known.ts';
import { lockCatalog } from './items-repository.ts';
import type { Candidate } from './match.ts';
import { candidatesByIds, candidatesByTitle } from './match-query.ts';

/** What is about to be taken in, as far as it decides where it is looked for. */
export interface Expected {
  kind: MediaKind;
  /** The artist of an album, the album of a track; null: not known, or of another kind. */
  parentId: MediaItemId | null;
  told: Told;
}

/** As {@link candidatesByIds}, without asking for what no item has. */
export const findByIds = async (
  batch: Batch,
  tx: Transaction,
  kind: MediaKind,
  { ids }: Facts,
): Promise<Candidate[]> => {
  const asked = ids.filter((id) => !batch.known.absent.has(idKey(kind, id)));
  if (asked.some((id) => batch.later.names(idKey(kind, id)))) await batch.later.write(tx);
  return candidatesByIds(tx, kind, asked);
};

/** As {@link candidatesByTitle}, without asking for what no item has. */
export const findByTitle = async (
  batch: Batch,
  tx: Transaction,
  kind: MediaKind,
  facts: Facts,
  parentId: MediaItemId | null,
): Promise<Candidate[]> => {
  const name = titleKey(kind, parentId, facts.title_key);
  if (batch.known.absent.has(name)) return [];
  if (batch.later.names(name)) await batch.later.write(tx);
  return candidatesByTitle(tx, kind, facts.title_key, parentId);
};

/** Looks at once which external ids and titles of many entries no item has, so that each need not be asked for. */
export const lookAhead = async (batch: Batch, tx: Transaction, expected: readonly Expected[]): Promise<void> => {
  if (expected.length < 2) return;
  await lockCatalog(tx);
  const entries = expected.map(({ told, ...place }) => ({ ...place, facts: batch.factsOf(told) }));
  const ids = entries.flatMap(({ kind, facts }) => facts.ids.map((id) => ({ kind, ...id })));
  const titled = entries.flatMap(({ kind, parentId, facts }): Titled[] =>
    kind === 'episode' || kind === 'season' ? [] : [{ kind, parentId, title: facts.title_key }],
  );
  const below = titled.filter(isBelow);
  const alone = titled.filter((entry) => entry.kind !== 'album' && entry.kind !== 'track');
  const names = [
    ...ids.map((id) => idKey(id.kind, id)),
    ...[...below, ...alone].map(({ kind, parentId, title }) => titleKey(kind, parentId, title)),
  ];
  const present = new Set([
    ...(await heldIds(tx, ids)),
    ...(await heldTitles(tx, alone)),
    ...(await titlesBelow(tx, below)),
  ]);
  for (const name of names) if (!present.has(name) && !batch.later.names(name)) batch.known.absent.add(name);
};

interface Titled {
  kind: MediaKind;
  parentId: MediaItemId | null;
  title: string;
}

interface Below extends Titled {
  parentId: MediaItemId;
}

const isBelow = (entry: Titled): entry is Below =>
  (entry.kind === 'album' || entry.kind === 'track') && entry.parentId !== null;

const heldIds = async (tx: Transaction, ids: readonly (ExternalId & { kind: MediaKind })[]): Promise<string[]> => {
  if (ids.length === 0) return [];
  const rows = await amongIds(tx, { rows: JSON.stringify(ids) });
  return rows.map((row) => idKey(row.kind, row));
};

const amongIds = prepare<{ rows: string }>()((db, value, dialect) => ({
  compile: () =>
    sql<ExternalId & { kind: MediaKind }>`SELECT x.kind, x.provider, x.value
      FROM ${listedRows(dialect, value('rows'), { kind: 'text', provider: 'text', value: 'text' }, 'told')}
      CROSS JOIN external_ids AS x
      WHERE x.kind = told.kind AND x.provider = told.provider AND x.value = told.value`.compile(db),
}));

const heldTitles = async (tx: Transaction, titled: readonly Titled[]): Promise<string[]> => {
  if (titled.length === 0) return [];
  const rows = await amongTitles(tx, { rows: JSON.stringify(titled) });
  return rows.map(({ kind, title }) => titleKey(kind, null, title));
};

const amongTitles = prepare<{ rows: string }>()((db, value, dialect) => ({
  compile: () =>
    sql<{ kind: MediaKind; title: string }>`SELECT told.kind, told.title
      FROM ${listedRows(dialect, value('rows'), { kind: 'text', title: 'text' }, 'told')}
      WHERE EXISTS (SELECT 1 FROM media_items AS i WHERE i.title_key = told.title AND i.kind = told.kind)`.compile(db),
}));

/** All titles below the same parents: those are few, while albums and tracks of one title are many. */
const titlesBelow = async (tx: Transaction, titled: readonly { parentId: MediaItemId }[]): Promise<string[]> => {
  if (titled.length === 0) return [];
  const parents = [...new Set(titled.map(({ parentId }) => parentId))];
  const rows = await allBelow(tx, { parents: idList(dialectOf(tx), parents) });
  return rows.map((row) => titleKey(row.kind, row.parent_id, row.title_key));
};

const allBelow = prepare<{ parents: string }>()((db, value, dialect) =>
  db
    .selectFrom('media_items')
    .select(['kind', 'parent_id', 'title_key'])
    .where(idIn(dialect, 'parent_id', value('parents'))),
);
