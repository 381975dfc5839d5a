/** What Jellyfin and Emby keep for a person and an item. Positions in ms, instants in UTC ms. */
export interface ShelfState {
  played: boolean;
  playCount: number;
  positionMs: number;
  lastPlayedAt: number | null;
  favourite: boolean;
  /** 0 to 10. */
  rating: number | null;
}

export const noState = (): ShelfState => ({
  played: false,
  playCount: 0,
  positionMs: 0,
  lastPlayedAt: null,
  favourite: false,
  rating: null,
});

/**
 * "Mark as played": the count rises only when a date is given, so sending it twice counts twice; the position is cleared.
 * @param at null: no date was given
 */
export const marked = (state: ShelfState, at: number | null, now: number): ShelfState => ({
  ...state,
  played: true,
  positionMs: 0,
  playCount: Math.max(1, state.playCount + (at === null ? 0 : 1)),
  lastPlayedAt: at ?? state.lastPlayedAt ?? now,
});

/** "Mark as unplayed": count, date and position are forgotten; what the person thinks of it is not. */
export const unmarked = (state: ShelfState): ShelfState => ({
  ...state,
  played: false,
  positionMs: 0,
  playCount: 0,
  lastPlayedAt: null,
});

/**
 * Playback began in the vendor's own app: it counts at once, and what was played is not any more until it is over.
 * @param resumable false: the server keeps no positions of its kind (music), and what begins has been played
 */
export const started = (state: ShelfState, at: number, resumable: boolean): ShelfState => ({
  ...state,
  played: !resumable,
  playCount: state.playCount + 1,
  lastPlayedAt: at,
});

const MIN_RESUME_SHARE = 0.05;
const MAX_RESUME_SHARE = 0.9;
const MIN_RESUME_MS = 300_000;

/** A player reported where it is; the thresholds hold for such reports alone. */
export const reported = (
  state: ShelfState,
  positionMs: number,
  { runtimeMs, resumable }: { runtimeMs: number | null; resumable: boolean },
): ShelfState => {
  if (!resumable) return { ...state, positionMs: 0 };
  if (!runtimeMs) return { ...state, positionMs: 0, played: true };
  const share = positionMs / runtimeMs;
  if (positionMs <= 0 || share < MIN_RESUME_SHARE) return { ...state, positionMs: 0 };
  if (share > MAX_RESUME_SHARE || runtimeMs < MIN_RESUME_MS) return { ...state, positionMs: 0, played: true };
  return { ...state, positionMs };
};
