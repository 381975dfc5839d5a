import type { Reader, Transaction } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { fold } from '#kernel/text.ts';
import type { Told } from '../facts.ts';
import type { ExternalId } from '../incoming.ts';
import type { Ingest } from '../ingest.ts';
import { type ItemRecord, readItems } from '../items-repository.ts';
import type { Candidate } from '../match.ts';
import { candidatesByIds, candidatesByTitle } from '../match-query.ts';
import type { Layout } from './layout.ts';
import { type Location, onClients, otherCopies } from './locations-repository.ts';

/** What the new name of a moved file, with the NFO files beside it, tells of an item; and what its old name told. */
interface Retold {
  told: Told;
  /** Of a movie, whose title may follow the name. Its several files must all tell the same. */
  former?: { title: string; externalIds: readonly ExternalId[] };
  /** Of an episode: the series that its file names, and whether the old name named the same. */
  series?: { title: string; isSame: boolean };
}

/** What moved files' new names tell, by item. */
export interface NewNames {
  byItem: ReadonlyMap<MediaItemId, Retold>;
  /** All locations that moved in this scan. */
  moved: ReadonlySet<number>;
}

/** A file that moved: where it is, and its rows as they were. */
export interface MovedFile {
  path: string;
  rows: readonly Location[];
}

/** Gathers what new names tell. An episode is told only by a name that gives it its place still. */
export const newNamesOf = (files: readonly MovedFile[], now: Layout, before: Layout): NewNames => {
  const rows = new Map(files.map((file) => [file.path, file.rows]));
  const former = formerTitles(before);
  const byItem = new Map<MediaItemId, Retold>();
  for (const unit of now.units) {
    if (unit.kind === 'movie') {
      for (const { path } of unit.files) {
        const [row] = rows.get(path) ?? [];
        if (row && row.rootId === null) tellMovie(byItem, row, unit.movie, former.get(row.path));
      }
    } else
      for (const { episode, files: laid } of unit.episodes) {
        for (const { path } of laid) {
          const row = rows.get(path)?.find((one) => isPlaceOf(one, episode));
          if (!row || row.rootId === null) continue;
          const isSame = fold(former.get(row.path)?.title ?? '') === fold(unit.series.title);
          byItem.set(row.rootId, { told: unit.series });
          byItem.set(row.itemId, { told: episode, series: { title: unit.series.title, isSame } });
        }
      }
  }
  return { byItem, moved: new Set(files.flatMap((file) => file.rows.map(({ id }) => id))) };
};

const formerTitles = ({ units }: Layout): Map<string, Retold['former']> =>
  new Map(
    units.flatMap((unit) =>
      unit.kind === 'movie'
        ? unit.files.map(({ path }) => [path, unit.movie] as const)
        : unit.episodes.flatMap(({ files }) => files.map(({ path }) => [path, unit.series] as const)),
    ),
  );

const tellMovie = (
  byItem: Map<MediaItemId, Retold>,
  { itemId }: Location,
  told: Told,
  former: Retold['former'],
): void => {
  const known = byItem.get(itemId);
  if (!known) byItem.set(itemId, former ? { told, former } : { told });
  // Two files of one film that are called differently now: neither names it.
  else if (fold(known.told.title) !== fold(told.title)) byItem.set(itemId, { told: known.told });
};

const isPlaceOf = (row: Location, told: Told): boolean =>
  row.seasonNumber === told.seasonNumber && row.episodeNumber === (told.episodeNumber ?? null);

/**
 * Tells items what the new names of their files say: what is empty is filled, and a movie that was only ever named by its
 * file takes its new title. A name that speaks of another work tells nothing, nor does one that would make two of one.
 */
export const tellNewNames = async (
  tx: Transaction,
  ingest: Ingest,
  rows: readonly Location[],
  { byItem, moved }: NewNames,
): Promise<void> => {
  const ids = new Set(rows.flatMap(({ itemId, rootId }) => (rootId === null ? [itemId] : [itemId, rootId])));
  const items = await readItems(
    tx,
    [...ids].filter((id) => byItem.has(id)),
  );
  for (const item of items) {
    const { told, former, series } = byItem.get(item.id) ?? {};
    if (!told || !hasNews(item, told)) continue;
    if (series) {
      const root = items.find(({ id }) => id === item.root_id);
      if (series.isSame || fold(series.title) === root?.title_key) await ingest.fill(tx, item.id, told);
    } else {
      const isSame = fold(told.title) === item.title_key;
      const takesTitle = former !== undefined && (await isNamedByFile(tx, item, told, former, moved));
      if ((!isSame && !takesTitle) || contradicts(item, told) || (await isOfAnother(tx, item, told))) continue;
      if (takesTitle) await ingest.refresh(tx, item.id, { title: told.title, externalIds: [] });
      await ingest.fill(tx, item.id, told);
    }
  }
};

/** Told by every name of an episode, and true of it already. */
const PLACE = new Set(['seasonNumber', 'episodeNumber']);

const hasNews = (item: ItemRecord, { title, year, externalIds, ...more }: Told): boolean =>
  (title !== '' && title !== item.title) ||
  (year !== undefined && item.year === null) ||
  externalIds.length > 0 ||
  Object.keys(more).some((key) => !PLACE.has(key));

const contradicts = (item: ItemRecord, { year }: Told): boolean =>
  item.year !== null && year !== undefined && year !== item.year;

/** Whether a movie has its title from the old name alone, and the new one tells no less. */
const isNamedByFile = async (
  db: Reader,
  item: ItemRecord,
  told: Told,
  former: NonNullable<Retold['former']>,
  moved: ReadonlySet<number>,
): Promise<boolean> => {
  if (told.title === '' || told.title === item.title || item.title !== former.title) return false;
  if (item.overview !== null || item.original_title !== null || (item.year !== null && told.year === undefined))
    return false;
  const own = (await candidatesByTitle(db, item.kind, item.title_key, null)).find(({ id }) => id === item.id);
  const isIdFromName = own?.ids.every((id) => former.externalIds.some((one) => isSameId(one, id)));
  return isIdFromName === true && !(await onClients(db, item.id)) && !(await otherCopies(db, item.id, moved));
};

const isSameId = (one: ExternalId, other: ExternalId): boolean =>
  one.provider === other.provider && one.value === other.value;

/** Whether the catalog has another item of what is told. */
const isOfAnother = async (db: Reader, item: ItemRecord, told: Told): Promise<boolean> => {
  const isOther = ({ id }: Candidate): boolean => id !== item.id;
  const year = told.year ?? item.year;
  const alike = (await candidatesByTitle(db, item.kind, fold(told.title), null)).filter(isOther);
  if (alike.some(({ distinct }) => year === null || distinct === null || distinct === year)) return true;
  return (await candidatesByIds(db, item.kind, told.externalIds)).some(isOther);
};
