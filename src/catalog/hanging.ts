import { readRows } from '#database/json.ts';
import type { ImageRole } from '#database/tables/catalog.ts';
import type { ItemView } from './item-schema.ts';
import { COPY, EXTERNAL_ID, GENRE, IMAGE, TAG } from './item-select.ts';

type Hanging = Pick<ItemView, 'externalIds' | 'tags' | 'genres' | 'images' | 'syncClients'>;
type SyncClient = ItemView['syncClients'][number];
type Row = [what: number, a: string, b: string, c: number];

/** Sorts out what hangs on an item: ids by provider, tags by name, images as they came, copies by media server. */
export const hangingOf = (text: string | null): Hanging => {
  const hanging: Hanging = { externalIds: [], tags: [], genres: [], images: [], syncClients: [] };
  const rows = readRows(text, 4) as Row[];
  if (rows.length > 1) rows.sort(order);
  for (const [what, a, b, c] of rows) {
    if (what === EXTERNAL_ID) hanging.externalIds.push({ provider: a, value: b });
    else if (what === TAG) hanging.tags.push(a);
    else if (what === GENRE) hanging.genres.push(a);
    else if (what === IMAGE) hanging.images.push({ role: a as ImageRole, address: b });
    else if (what === COPY) hanging.syncClients.push(copyOf(a, b, c));
  }
  return hanging;
};

const copyOf = (kind: string, itemId: string, clientId: number): SyncClient => ({
  clientId: clientId as SyncClient['clientId'],
  clientType: kind as SyncClient['clientType'],
  itemId,
});

const order = (one: Row, other: Row): number =>
  one[0] - other[0] ||
  one[3] - other[3] ||
  (one[0] === TAG || one[0] === GENRE ? 0 : compare(one[1], other[1])) ||
  compare(one[2], other[2]);

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
