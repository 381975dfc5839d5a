import { sql } from 'kysely';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList, listedRows } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import type { ExternalId } from './incoming.ts';
import type { Candidate } from './match.ts';

/** More items of one title than this tell nothing more: it is ambiguous anyway. */
const MOST_CANDIDATES = 100;

/** The items of a kind that have one of these external ids, retired ones too. */
export const candidatesByIds = async (db: Reader, kind: MediaKind, ids: readonly ExternalId[]): Promise<Candidate[]> =>
  ids.length === 0 ? [] : withIds(db, await byIds(db, { kind, ids: JSON.stringify(ids) }));

const byIds = prepare<{ kind: MediaKind; ids: string }>()((db, value, dialect) => ({
  compile: () =>
    sql<Row>`SELECT DISTINCT i.id, i.kind, i.year, i.disc_number, i.track_number
      FROM ${listedRows(dialect, value('ids'), { provider: 'text', value: 'text' }, 'told')}
      CROSS JOIN external_ids AS x CROSS JOIN media_items AS i
      WHERE x.kind = ${value('kind')} AND x.provider = told.provider AND x.value = told.value AND i.id = x.item_id`.compile(
      db,
    ),
}));

/** The items of a kind, and below a parent where one is given, that have this folded title; retired ones too. */
export const candidatesByTitle = async (
  db: Reader,
  kind: MediaKind,
  titleKey: string,
  parentId: MediaItemId | null,
): Promise<Candidate[]> =>
  withIds(
    db,
    parentId === null ? await byTitle(db, { kind, titleKey }) : await byTitleBelow(db, { kind, titleKey, parentId }),
  );

const byTitle = prepare<{ kind: MediaKind; titleKey: string }>()((db, value) =>
  titled(db).where('i.title_key', '=', value('titleKey')).where('i.kind', '=', value('kind')),
);

/** Not by the title on SQLite: albums and tracks of one title are many, those below one parent are few. */
const byTitleBelow = prepare<{ kind: MediaKind; titleKey: string; parentId: MediaItemId }>()((db, value, { name }) =>
  titled(db)
    .where(name === 'sqlite' ? sql`+i.title_key` : 'i.title_key', '=', value('titleKey'))
    .where('i.kind', '=', value('kind'))
    .where('i.parent_id', '=', value('parentId')),
);

const titled = (db: Reader) =>
  db
    .selectFrom('media_items as i')
    .select(['i.id', 'i.kind', 'i.year', 'i.disc_number', 'i.track_number'])
    .orderBy('i.id')
    .limit(MOST_CANDIDATES);

/** What tells tracks of one title apart: disc and number; null where there is no number. */
export const trackPlace = (disc: number | null | undefined, track: number | null | undefined): number | null =>
  track === null || track === undefined ? null : (disc ?? 1) * 100_000 + track;

interface Row {
  id: MediaItemId;
  kind: MediaKind;
  year: number | null;
  disc_number: number | null;
  track_number: number | null;
}

const withIds = async (db: Reader, rows: Row[]): Promise<Candidate[]> => {
  if (rows.length === 0) return [];
  const list = idList(
    dialectOf(db),
    rows.map((row) => row.id),
  );
  const ids = await idsOf(db, { items: list });
  return rows.map((row) => ({
    id: row.id,
    distinct: row.kind === 'track' ? trackPlace(row.disc_number, row.track_number) : row.year,
    ids: ids.filter((id) => id.item_id === row.id),
  }));
};

const idsOf = prepare<{ items: string }>()((db, value, dialect) =>
  db
    .selectFrom('external_ids')
    .select(['item_id', 'provider', 'value'])
    .where(idIn(dialect, 'item_id', value('items'))),
);
