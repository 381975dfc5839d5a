/** Who is signed in. */
export interface Me {
  user: { id: number; name: string };
  /** What the session may do. */
  role: 'admin' | 'user' | 'guest';
}

/** What has a place in its series, or a title. */
export interface Numbered {
  title: string;
  seasonNumber: number | null;
  episodeNumber: number | null;
  episodeNumberEnd?: number | null;
}

/** A media item, as far as the page shows one. */
export interface Item extends Numbered {
  id: number;
  kind: string;
  year: number | null;
  seriesTitle: string | null;
  artistTitle: string | null;
  albumTitle: string | null;
}

export interface InProgress {
  item: Item;
  positionMs: number;
  durationMs: number | null;
  reportedAt: string;
}

export interface NextUp {
  item: Item;
  reason: 'in_progress' | 'next';
  positionMs: number | null;
  durationMs: number | null;
  /** The episode watched last; without a device it was marked by hand, or it is not known where. */
  after: (Numbered & { watchedAt: string; device: string | null }) | null;
}

export interface Play {
  id: number;
  item: Item;
  startedAt: string;
  positionMs: number | null;
  durationMs: number | null;
  completed: boolean;
  device: { name: string };
}

export interface Server {
  id: number;
  name: string;
  address: string;
}

export interface Run {
  state: 'running' | 'done' | 'failed';
  startedAt: string;
  counts: { seen: number; created: number; matched: number; ambiguous: number; events: number; removed: number };
  warnings: string[];
  error: string | null;
}
