import { loadShown, type ShownItem } from '#catalog/shown-item.ts';
import type { Reader } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { type MediaKind, parentKindOf } from '#kernel/media.ts';
import { readScopes, type Viewer } from '#kernel/viewer.ts';
import type { Tellers } from './explain-query.ts';
import type { Case, Level } from './verdict.ts';

/** Puts together what is judged. */
export const caseOf = async (db: Reader, reader: Viewer, item: ShownItem, tellers: Tellers): Promise<Case> => ({
  item,
  levels: await levelsOf(db, reader, item),
  tellers,
  reads: readScopes(reader),
  when: inZone(reader.timeZone),
});

/** What an item is in may be hidden where the item itself is not: then it is told of without its title. */
const levelsOf = async (db: Reader, { grants }: Viewer, item: ShownItem): Promise<Level[]> => {
  const ids = new Set<MediaItemId>([item.id]);
  for (const id of [item.parentId, item.rootId, item.libraryId]) if (id !== null) ids.add(id);
  const shown = await loadShown(db, grants, [...ids]);
  return [...ids].map((itemId) => {
    const level = shown.get(itemId);
    return level
      ? { itemId, kind: level.kind, title: level.title }
      : { itemId, kind: kindOf(item, itemId), title: null };
  });
};

const kindOf = ({ kind, libraryId, parentId }: ShownItem, above: MediaItemId): MediaKind => {
  if (above === libraryId) return 'library';
  const parent = parentKindOf[kind] ?? 'library';
  return above === parentId ? parent : (parentKindOf[parent] ?? 'library');
};

/** Where nothing told of an instant, servers' news is given one before all others. */
const LONG_AGO = 1000;

/** An instant as people in a zone write it: 3 May 2026, 21:14. */
const inZone = (timeZone: string): ((at: Instant) => string) => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (at) => (at <= LONG_AGO ? 'at a time that nobody told' : format.format(at));
};
