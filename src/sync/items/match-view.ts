import type { Reader } from '#database/database.ts';
import type { ClientItemId, MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import { type Doubt, readDoubt, wantedOf } from './doubt.ts';
import { type CandidateItem, candidateItems, type WorkbenchCopy } from './match-query.ts';
import { type Scored, score } from './score.ts';

export const matchStates = ['unmatched', 'ambiguous', 'conflicting', 'decided'] as const;
export type MatchState = (typeof matchStates)[number];

/** An item for a person to choose. */
export interface ItemBrief {
  id: MediaItemId;
  kind: MediaKind;
  title: string;
  year: number | null;
  seasonNumber: number | null;
  episodeNumber: number | null;
  /** The series, artist or album that it is of. */
  parentTitle: string | null;
}

export interface CandidateView extends Scored {
  item: ItemBrief;
}

/** An entry of a media server that a person has to decide on, or has. */
export interface MatchView {
  id: ClientItemId;
  clientItemId: string;
  kind: MediaKind;
  title: string;
  year: number | null;
  path: string | null;
  state: MatchState;
  /** Why it needs a person; empty where one decided. */
  reason: string;
  /** What it stands for now; null: nothing. */
  item: ItemBrief | null;
  /** What a person said; null: nothing yet. */
  decision: 'item' | 'ignored' | null;
  /** Best first. */
  candidates: CandidateView[];
}

/** A copy with the state that it is shown in; the reason where that is not its doubt’s. */
export interface Shown {
  copy: WorkbenchCopy;
  state: MatchState;
  reason?: string;
}

/** Copies as the workbench shows them, in a few statements however many they are. */
export const matchViews = async (db: Reader, shown: readonly Shown[]): Promise<MatchView[]> => {
  const doubts = shown.map(({ copy }) => readDoubt(copy.doubt));
  const named = shown.flatMap(({ copy }, index) => [...(doubts[index]?.candidates ?? []), ...own(copy)]);
  const items = await candidateItems(db, named);
  return shown.map((one, index) => viewOf(one, doubts[index], items));
};

/** Candidates for a copy, best first. */
export const scored = (
  copy: WorkbenchCopy,
  doubt: Doubt | undefined,
  items: readonly CandidateItem[],
): CandidateView[] => {
  const wanted = wantedOf(copy, doubt);
  return items
    .map((item) => ({ item: brief(item), ...score(wanted, item) }))
    .sort((one, other) => other.score - one.score || one.item.id - other.item.id);
};

const viewOf = (
  { copy, state, reason }: Shown,
  doubt: Doubt | undefined,
  items: ReadonlyMap<MediaItemId, CandidateItem>,
): MatchView => {
  const { id, clientItemId, kind, title, year, path, itemId, match } = copy;
  const item = itemId === null ? undefined : items.get(itemId);
  const candidates = [...new Set([...(doubt?.candidates ?? []), ...own(copy)])];
  return {
    id,
    clientItemId,
    kind,
    title,
    year,
    path,
    state,
    reason:
      state === 'decided' ? '' : (reason ?? doubt?.reason ?? 'Its item was deleted; the next run looks for it again.'),
    item: item ? brief(item) : null,
    decision: match !== 'person' ? null : itemId === null ? 'ignored' : 'item',
    candidates: scored(
      copy,
      doubt,
      candidates.flatMap((one) => items.get(one) ?? []),
    ),
  };
};

const own = ({ itemId }: WorkbenchCopy): MediaItemId[] => (itemId === null ? [] : [itemId]);

const brief = (item: CandidateItem): ItemBrief => ({
  id: item.id,
  kind: item.kind,
  title: item.title,
  year: item.year ?? null,
  seasonNumber: item.seasonNumber ?? null,
  episodeNumber: item.episodeNumber ?? null,
  parentTitle: item.parentTitle,
});
