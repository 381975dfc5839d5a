import { decidingMark, type Mark, overrules, positionLives } from '#activity/marks/watched.ts';
import { takesRegister } from '#activity/playing/progress.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import type { KeptMark, KeptPosition, Teller, Tellers } from './explain-query.ts';

/** An item, or something that it is in. */
export interface Level {
  itemId: MediaItemId;
  kind: MediaKind;
  /** null: it may not be seen by who asks. */
  title: string | null;
}

/** What was told, by whom, and what became of it. */
interface Told {
  /** null: only the group still knows of it. */
  by: Teller | null;
  /** Whether it went to the group, so that its loud and quiet devices see it. */
  heard: boolean;
  /** Whether it is what holds. */
  decides: boolean;
  /** Why, or why not. */
  why: string;
}

export interface ToldMark extends Told {
  on: Level;
  watched: boolean;
  at: Instant;
}

export interface ToldPosition extends Told, Omit<KeptPosition, 'scopeId'> {}

/** Who looks, at what, and what there is to know. */
export interface Case {
  item: { id: MediaItemId; addedAt: Instant };
  /** The item first, then what it is in, from below. */
  levels: readonly Level[];
  tellers: Tellers;
  /** The scopes that are read. */
  reads: readonly ScopeId[];
  /** An instant for people. */
  when(at: Instant): string;
}

export interface MarkVerdict {
  /** The rule that decided, as a sentence. */
  rule: string;
  deciding: Mark | undefined;
  /** The one that decides first, then the newest. */
  marks: ToldMark[];
}

/** Which mark decides the state of an item, by the same rule as everywhere, and why the others do not. */
export const judgeMarks = (about: Case, kept: readonly KeptMark[]): MarkVerdict => {
  const read = kept.filter((mark) => about.reads.includes(mark.scopeId));
  const own = read.filter((mark) => mark.itemId === about.item.id);
  const above = read.filter((mark) => mark.itemId !== about.item.id);
  const deciding = decidingMark(about.item.addedAt, own, above);
  const place = deciding && placeOf(about, read, deciding);
  const marks = spoken(about, kept).flatMap(({ mark, by, heard }): ToldMark[] => {
    const on = about.levels.find((level) => level.itemId === mark.itemId);
    if (!on) return [];
    const decides = isRead(about, mark.scopeId, heard) && place === mark.itemId && same(mark, deciding);
    const why = decides ? 'It is the newest that covers it.' : whyNot(about, mark, by, heard, deciding);
    return [{ on, watched: mark.watched, at: mark.at, by, heard, decides, why }];
  });
  marks.sort((one, other) => Number(other.decides) - Number(one.decides) || other.at - one.at);
  return { rule: ruleOf(about, marks), deciding, marks };
};

/** Of marks of one instant that say the same, the nearest is told of. */
const placeOf = ({ levels, item }: Case, read: readonly KeptMark[], deciding: Mark): MediaItemId | undefined =>
  levels.find(({ itemId }) =>
    read.some(
      (mark) => mark.itemId === itemId && same(mark, deciding) && (itemId === item.id || mark.at >= item.addedAt),
    ),
  )?.itemId;

const same = (one: Mark, other: Mark | undefined): boolean => one.at === other?.at && one.watched === other.watched;

interface Spoken {
  mark: KeptMark;
  by: Teller | null;
  heard: boolean;
}

/** Marks by who made them: the group's own are merely copies, as long as a device has them too. */
const spoken = ({ tellers }: Case, kept: readonly KeptMark[]): Spoken[] => {
  const groups = kept.filter((mark) => mark.scopeId === tellers.group);
  const own = kept.flatMap((mark): Spoken[] => {
    const by = tellers.own.get(mark.scopeId);
    return by ? [{ mark, by, heard: isHeard(by) }] : [];
  });
  const copied = (mark: KeptMark) =>
    own.some((one) => one.heard && one.mark.itemId === mark.itemId && same(one.mark, mark));
  return [...own, ...groups.filter((mark) => !copied(mark)).map((mark) => ({ mark, by: null, heard: true }))];
};

const isHeard = ({ isolation }: Teller): boolean => isolation === 'loud' || isolation === 'shout';

const isRead = ({ reads, tellers }: Case, scope: ScopeId, heard: boolean): boolean =>
  reads.includes(scope) || (heard && reads.includes(tellers.group));

const whyNot = (about: Case, mark: KeptMark, by: Teller | null, heard: boolean, deciding: Mark | undefined): string => {
  if (!isRead(about, mark.scopeId, heard)) return unheard(by);
  if (mark.itemId !== about.item.id && mark.at < about.item.addedAt) {
    return 'It does not cover it: the item was added later.';
  }
  if (deciding && mark.at < deciding.at) return 'A newer mark overrules it.';
  if (deciding && overrules(deciding, mark)) return 'Another of the same instant says watched, and that wins.';
  return 'It says the same as the one that decides.';
};

const unheard = (by: Teller | null): string =>
  by && !isHeard(by)
    ? `${by.name} is ${by.isolation}: it keeps to itself what is done there.`
    : 'Who looks does not look at what other devices do.';

const ruleOf = ({ levels, when }: Case, marks: readonly ToldMark[]): string => {
  const [first] = marks;
  if (!first?.decides) return marks.length === 0 ? 'Nothing marks it.' : 'No mark that counts here covers it.';
  const from = first.by ? ` on ${first.by.name}` : '';
  const on = first.on.itemId === levels[0]?.itemId ? 'on itself' : `on the ${nameOf(first.on)}`;
  return `The newest mark wins: set ${first.watched ? 'watched' : 'unwatched'}${from}, ${when(first.at)}, ${on}.`;
};

const nameOf = ({ kind, title }: Level): string => (title === null ? kind : `${kind} "${title}"`);

/**
 * Which report says where one is in a leaf, and why the others do not.
 * @param deciding the mark that decides about the leaf
 */
export const judgePositions = (
  about: Case,
  kept: readonly KeptPosition[],
  deciding: Mark | undefined,
): ToldPosition[] => {
  const read = kept.filter((state) => about.reads.includes(state.scopeId));
  let newest: KeptPosition | undefined;
  for (const state of read) if (takesRegister(state, newest)) newest = state;
  const lives = newest !== undefined && newest.positionMs !== null && positionLives(newest.reportedAt, deciding);
  const told = kept.flatMap(({ scopeId, ...state }): ToldPosition[] => {
    const by = about.tellers.own.get(scopeId);
    if (!by) return [];
    const heard = isHeard(by);
    const counts = isRead(about, scopeId, heard);
    const isNewest = counts && state.reportedAt === newest?.reportedAt && state.positionMs === newest.positionMs;
    const why = counts ? whyPosition(state, isNewest, deciding) : unheard(by);
    return [{ ...state, by, heard, decides: isNewest && lives, why }];
  });
  return told.toSorted(
    (one, other) => Number(other.decides) - Number(one.decides) || other.reportedAt - one.reportedAt,
  );
};

const whyPosition = (state: Omit<KeptPosition, 'scopeId'>, isNewest: boolean, deciding: Mark | undefined): string => {
  if (state.positionMs === null) return 'It is not in progress there.';
  if (!positionLives(state.reportedAt, deciding)) return 'A mark as new as it ended it.';
  return isNewest ? 'It is the newest report.' : 'A newer report overrules it.';
};
