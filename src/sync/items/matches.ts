import type { Audit } from '#audit/audit.ts';
import type { Ingest } from '#catalog/ingest.ts';
import type { Catalog } from '#catalog/service.ts';
import type { Database, Transaction } from '#database/database.ts';
import type { Clock } from '#kernel/clock.ts';
import { conflict, invalid, notFound } from '#kernel/errors.ts';
import { asId, type ClientId, type ClientItemId, type MediaItemId } from '#kernel/ids.ts';
import { isLeaf } from '#kernel/media.ts';
import { decodeCursor, encodeCursor, type Page, type PageRequest } from '#kernel/page.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { retireLonely } from '../removal.ts';
import { type Doubt, readDoubt, writeDoubt } from './doubt.ts';
import { clientName } from './libraries-repository.ts';
import { forgetStates, kindOfItem, partsOfCopies, saveParts, setMatch } from './mapping-repository.ts';
import { createFor } from './match-create.ts';
import {
  candidateItems,
  copyOfClient,
  decided,
  itemsBelow,
  shared,
  undecided,
  type WorkbenchCopy,
} from './match-query.ts';
import { lookAgainBelow } from './match-repository.ts';
import { type CandidateView, type MatchState, type MatchView, matchViews, type Shown, scored } from './match-view.ts';

/** What a person says of an entry: it is this item; it is none of ours, make one; leave it out of everything. */
export type Decision = { itemId: MediaItemId } | { create: true } | { ignore: true };

/**
 * Where a person decides what the entries of a media server are that the machine will not guess at (domain §8). A decision
 * is made once and holds through all later runs, until it is taken back or its id stands for another work. It moves no
 * history: what was recorded stays where it is, and the state of the entry is looked at anew.
 */
export interface Matches {
  /** @throws AppError `not_found` when there is no such client */
  list(clientId: ClientId, state: MatchState, page: PageRequest): Promise<Page<MatchView>>;
  /** Items that an entry may be, best first: those with such a title, and those at its place. @throws AppError `not_found` */
  candidates(viewer: Viewer, clientId: ClientId, copyId: ClientItemId, text?: string): Promise<CandidateView[]>;
  /**
   * @throws AppError `not_found`; `invalid` where the item is of another kind; `conflict` where one cannot be made
   */
  decide(by: By, clientId: ClientId, copyId: ClientItemId, decision: Decision): Promise<MatchView>;
  /** Takes a decision back: the entry is what the machine took it for, and the next run looks at it anew. */
  undo(by: By, clientId: ClientId, copyId: ClientItemId): Promise<MatchView>;
}

type By = Pick<Viewer, 'userId' | 'deviceUserId'> | null;

interface Tools {
  database: Database;
  clock: Clock;
  audit: Audit;
  ingest: Ingest;
  catalog: Pick<Catalog, 'search'>;
}

const LIST = 'matches';
const MOST_FOUND = 30;

export const createMatches = (tools: Tools): Matches => {
  const { database, catalog } = tools;
  const { read: db } = database;
  return {
    list: async (clientId, state, request) => {
      if ((await clientName(db, clientId)) === undefined) throw notFound('This client');
      const { shown, next } = await pageOfState(tools, clientId, state, request);
      return { items: await matchViews(db, shown), next };
    },
    candidates: async (viewer, clientId, copyId, text) => {
      const copy = await requireCopy(database.read, clientId, copyId);
      const doubt = readDoubt(copy.doubt);
      const found = await searched(catalog, viewer, copy, text?.trim());
      const parent = doubt?.facts?.parentId;
      const near = parent === undefined ? [] : await itemsBelow(db, parent, copy.kind, doubt?.facts?.seasonNumber);
      const ids = [...(doubt?.candidates ?? []), ...found, ...(text ? [] : near)];
      const views = scored(copy, doubt, [...(await candidateItems(db, ids)).values()]);
      return views.slice(0, MOST_FOUND);
    },
    decide: async (by, clientId, copyId, decision) => {
      await database.transaction(async (tx) => {
        const copy = await requireCopy(tx, clientId, copyId);
        const itemId = await itemFor(tx, tools.ingest, copy, decision);
        const further = await furtherOf(tx, copy);
        const was = readDoubt(copy.doubt)?.was ?? {
          itemId: copy.itemId,
          match: copy.match,
          further,
          doubted: copy.doubt !== null,
        };
        const doubt: Doubt = { ...(readDoubt(copy.doubt) ?? { reason: '', candidates: [] }), was };
        await give(tx, tools, clientId, copy, { itemId, match: 'person', doubt: writeDoubt(doubt) }, []);
        await note(tx, tools, by, clientId, copy, itemId);
      });
      return viewNow(tools, clientId, copyId);
    },
    undo: async (by, clientId, copyId) => {
      await database.transaction(async (tx) => {
        const copy = await requireCopy(tx, clientId, copyId);
        if (copy.match !== 'person') throw conflict('Nobody decided on this entry.');
        const { was, ...doubt } = readDoubt(copy.doubt) ?? { reason: '', candidates: [] };
        const back = was && (await stillThere(tx, was.itemId)) ? was : undefined;
        const values = {
          itemId: back?.itemId ?? null,
          match: back && back.itemId !== null ? back.match : ('ambiguous' as const),
          doubt: was?.doubted === false ? null : writeDoubt(doubt),
        };
        await give(tx, tools, clientId, copy, values, back?.further ?? []);
        await setMatch(tx, copy.id, { digest: '' });
        await note(tx, tools, by, clientId, copy, values.itemId);
      });
      return viewNow(tools, clientId, copyId);
    },
  };
};

const requireCopy = async (db: Database['read'], clientId: ClientId, copyId: ClientItemId): Promise<WorkbenchCopy> => {
  const copy = await copyOfClient(db, clientId, copyId);
  if (!copy) throw notFound('This entry');
  return copy;
};

/** Ids of what has a title like that; without a text, like the entry's, or like what it begins with. */
const searched = async (
  catalog: Tools['catalog'],
  viewer: Viewer,
  { kind, title }: WorkbenchCopy,
  text: string | undefined,
): Promise<MediaItemId[]> => {
  const short = title.split(/[:([–]| - /)[0] ?? '';
  const texts = text ? [text] : [title, short, title.split(/\s+/).slice(0, 2).join(' ')];
  for (const one of texts) {
    const { items } = await catalog.search(viewer, { text: one, kind }, { limit: MOST_FOUND });
    if (items.length > 0) return items.map(({ id }) => id);
  }
  return [];
};

const furtherOf = async (tx: Transaction, { id }: WorkbenchCopy): Promise<MediaItemId[]> =>
  (await partsOfCopies(tx, [id])).get(id) ?? [];

const stillThere = async (tx: Transaction, itemId: MediaItemId | null): Promise<boolean> =>
  itemId === null || (await kindOfItem(tx, itemId)) !== undefined;

const itemFor = async (
  tx: Transaction,
  ingest: Ingest,
  copy: WorkbenchCopy,
  decision: Decision,
): Promise<MediaItemId | null> => {
  if ('ignore' in decision) return null;
  if ('create' in decision) return createFor(tx, ingest, copy);
  const kind = await kindOfItem(tx, decision.itemId);
  if (kind === undefined) throw notFound('This item');
  if (kind === copy.kind) return decision.itemId;
  throw invalid(`This entry is a ${copy.kind}; choose one.`, [{ path: 'itemId', message: `is a ${kind}` }]);
};

/** Gives a copy to an item. Where that is another one, nothing that was seen of the copy holds any more. */
const give = async (
  tx: Transaction,
  { ingest, clock }: Tools,
  clientId: ClientId,
  copy: WorkbenchCopy,
  values: Pick<WorkbenchCopy, 'itemId' | 'match' | 'doubt'>,
  further: readonly MediaItemId[],
): Promise<void> => {
  const before = [...(copy.itemId === null ? [] : [copy.itemId]), ...(await furtherOf(tx, copy))];
  const after = [...(values.itemId === null ? [] : [values.itemId]), ...further];
  await setMatch(tx, copy.id, { item_id: values.itemId, match: values.match, doubt: values.doubt });
  if (values.itemId !== null) await ingest.revive(tx, [values.itemId]);
  if (before.join() === after.join()) return;
  await saveParts(tx, copy.id, further);
  await forgetStates(tx, copy.id, clock.now());
  if (copy.itemId !== null && !isLeaf(copy.kind)) await lookAgainBelow(tx, clientId, copy.itemId);
  const left = before.filter((id) => !after.includes(id));
  await retireLonely(tx, ingest, left, clock.now());
};

const note = (
  tx: Transaction,
  { audit }: Tools,
  by: By,
  clientId: ClientId,
  copy: WorkbenchCopy,
  itemId: MediaItemId | null,
): Promise<void> =>
  audit.record(tx, {
    actor: by,
    entityType: 'client',
    entityId: clientId,
    action: 'update',
    changes: { [`item of ${copy.clientItemId} (${copy.title})`]: [copy.itemId, itemId] },
  });

const viewNow = async ({ database }: Tools, clientId: ClientId, copyId: ClientItemId): Promise<MatchView> => {
  const copy = await requireCopy(database.read, clientId, copyId);
  const [view] = await matchViews(database.read, [{ copy, state: stateOf(copy) }]);
  if (!view) throw notFound('This entry');
  return view;
};

const stateOf = (copy: WorkbenchCopy): MatchState => {
  if (copy.match === 'person') return 'decided';
  const doubt = readDoubt(copy.doubt);
  if (doubt?.conflict) return 'conflicting';
  return (doubt?.candidates.length ?? 0) > 0 ? 'ambiguous' : 'unmatched';
};

interface StatePage {
  shown: Shown[];
  next: string | null;
}

/** Conflicting ones are two lists, one after the other: those whose ids conflict, then those that share an item. */
const pageOfState = async (
  { database: { read: db } }: Tools,
  clientId: ClientId,
  state: MatchState,
  { limit, cursor }: PageRequest,
): Promise<StatePage> => {
  const list = `${LIST} ${state}`;
  const [part, after] = cursor === undefined ? [0, 0] : decodeCursor(list, 2, cursor).map(Number);
  if (part === 1) return sharedPage(db, clientId, list, after ?? 0, limit);
  const read =
    state === 'decided'
      ? decided(db, clientId, after ?? 0, limit + 1)
      : undecided(db, clientId, state, after ?? 0, limit + 1);
  const rows = await read;
  const copies = rows.slice(0, limit);
  const shown = copies.map((copy) => ({ copy, state }));
  if (rows.length > limit) return { shown, next: encodeCursor(list, [0, copies.at(-1)?.id ?? 0]) };
  if (state !== 'conflicting') return { shown, next: null };
  const rest = await sharedPage(db, clientId, list, 0, limit - shown.length);
  return { shown: [...shown, ...rest.shown], next: rest.next };
};

/** @param limit in items, each with its copies; 0: only whether there is one */
const sharedPage = async (
  db: Database['read'],
  clientId: ClientId,
  list: string,
  after: number,
  limit: number,
): Promise<StatePage> => {
  const groups = await shared(db, clientId, after, limit + 1);
  const some = groups.slice(0, limit);
  const shown = some.flatMap(({ copies }) =>
    copies.map((copy) => ({ copy, state: 'conflicting' as const, reason: sharesWith(copy, copies) })),
  );
  const last = some.at(-1)?.itemId ?? asId(after);
  return { shown, next: groups.length > limit ? encodeCursor(list, [1, last]) : null };
};

const sharesWith = (copy: WorkbenchCopy, copies: readonly WorkbenchCopy[]): string => {
  const others = copies.filter((other) => other.id !== copy.id).map(({ title }) => `“${title}”`);
  return `It is taken for the same item as ${others.slice(0, 3).join(', ')}. If they are different works, say which is which.`;
};
