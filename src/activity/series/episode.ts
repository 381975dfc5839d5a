import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';

/** An episode as next up sees it. */
export interface Episode {
  id: MediaItemId;
  /** Season 0. */
  special: boolean;
  /** Its place in the series: `media_items.play_order`. */
  playOrder: number;
  /** null: not known, which counts as shown, for somebody has it. */
  releasedAt: Instant | null;
  /** Not retired. */
  here: boolean;
}
