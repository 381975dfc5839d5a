import { type Static, Type } from 'typebox';
import type { Reader, Transaction } from '#database/database.ts';
import { conflict } from '#kernel/errors.ts';
import type { StreamSourceId } from '#kernel/ids.ts';
import { decodeCursor, type Page, type PageRequest, pageOf } from '#kernel/page.ts';
import { fold } from '#kernel/text.ts';
import type { Grants } from '#kernel/viewer.ts';
import { foreignCursor, isWhole } from './cursor.ts';

const name = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'What it is called; no two are called the same',
});
const tracksProgress = Type.Boolean({ description: 'Whether it can tell where one is; a live tuner cannot' });

export const StreamSourceSchema = Type.Object({
  id: Type.Unsafe<StreamSourceId>(Type.Integer({ minimum: 1, description: 'Id of the stream source' })),
  name,
  tracksProgress,
});
export type StreamSource = Static<typeof StreamSourceSchema>;

export const NewStreamSourceSchema = Type.Object({ name, tracksProgress }, { additionalProperties: false });
export type NewStreamSource = Static<typeof NewStreamSourceSchema>;

const LIST = 'stream-sources';

/** Where streams come from, in the order in which they were made, as far as they are granted. */
export const listStreamSources = async (db: Reader, grants: Grants, page: PageRequest): Promise<Page<StreamSource>> => {
  const [after = 0] = page.cursor === undefined ? [] : decodeCursor(LIST, 1, page.cursor);
  if (!isWhole(after)) throw foreignCursor();
  if (grants.streamSources?.length === 0) return { items: [], next: null };
  const rows = await db
    .selectFrom('stream_sources')
    .selectAll()
    .where('id', '>', after as StreamSourceId)
    .$if(grants.streamSources !== null, (query) => query.where('id', 'in', grants.streamSources ?? []))
    .orderBy('id')
    .limit(page.limit + 1)
    .execute();
  const cut = pageOf(rows, page.limit, LIST, (row) => [row.id]);
  return {
    items: cut.items.map((row) => ({ id: row.id, name: row.name, tracksProgress: row.tracks_progress === 1 })),
    next: cut.next,
  };
};

/** @throws AppError `conflict` when there is one of that name */
export const makeStreamSource = async (tx: Transaction, source: NewStreamSource): Promise<StreamSource> => {
  const made = await tx
    .insertInto('stream_sources')
    .values({ name: source.name, name_key: fold(source.name), tracks_progress: source.tracksProgress ? 1 : 0 })
    .onConflict((conflicting) => conflicting.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) throw conflict(`There is a stream source called “${source.name}” already.`);
  return { id: made.id, ...source };
};
