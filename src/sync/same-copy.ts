import type { ExternalId } from '#catalog/incoming.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { fold } from '#kernel/text.ts';
import type { RemoteItem } from './media-server.ts';

/** What we knew under a client item id. */
export interface KnownCopy {
  title: string;
  year: number | null;
  path: string | null;
  /** Whether a person decided what it is. */
  decided: boolean;
  item: {
    parentId: MediaItemId | null;
    rootId: MediaItemId | null;
    seasonNumber: number | null;
    episodeNumber: number | null;
    externalIds: ExternalId[];
  };
}

/**
 * Whether a client item id still names the work it named before. Ids of a rebuilt server start anew, and then the same
 * number stands for something else: what is told is held against what was told before and what the item is.
 * @param parentId the item that it hangs from, as the server tells now
 */
export const sameCopy = (known: KnownCopy, told: RemoteItem, parentId: MediaItemId | undefined): boolean => {
  switch (told.kind) {
    case 'season':
      return known.item.rootId === parentId && known.item.seasonNumber === told.facts.seasonNumber;
    case 'episode':
      return (
        known.item.rootId === parentId &&
        known.item.seasonNumber === told.facts.seasonNumber &&
        known.item.episodeNumber === (told.facts.episodeNumber ?? null)
      );
    case 'album':
    case 'track':
      return known.item.parentId === parentId && sameWork(known, told);
    default:
      return sameWork(known, told);
  }
};

const sameWork = (known: KnownCopy, told: RemoteItem): boolean => {
  const samePath = known.path !== null && known.path === told.path;
  const sameName = fold(known.title) === fold(told.facts.title) && near(known.year, told.facts.year ?? null);
  if (known.decided) return samePath || sameName;
  const ids = compareIds(known.item.externalIds, told.facts.externalIds);
  return ids === 'unknown' ? samePath || sameName : ids === 'agree';
};

const near = (one: number | null, other: number | null): boolean => one === null || other === null || one === other;

/** One id in common makes it the same; where the same provider names two different things it is not. */
const compareIds = (known: ExternalId[], told: ExternalId[]): 'agree' | 'differ' | 'unknown' => {
  const shared = told.flatMap((id) =>
    known.filter((other) => other.provider === id.provider).map((other) => other.value === id.value),
  );
  if (shared.length === 0) return 'unknown';
  return shared.includes(true) ? 'agree' : 'differ';
};
