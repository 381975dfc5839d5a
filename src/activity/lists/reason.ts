import type { Standing } from '#activity/series/standing-query.ts';
import type { ShownItem } from '#catalog/shown-item.ts';
import type { Instant } from '#kernel/clock.ts';
import type { DeviceUserId, MediaItemId } from '#kernel/ids.ts';

/** The leaf that something comes after: when it was watched, and where. */
export interface Reason {
  itemId: MediaItemId;
  title: string;
  seasonNumber: number | null;
  episodeNumber: number | null;
  watchedAt: Instant;
  /** null: marked by hand, or not known. */
  device: string | null;
}

/** The names of devices, by their users. */
export type DeviceNames = ReadonlyMap<DeviceUserId, string>;

/**
 * Tells of what was watched last.
 * @param items as they were loaded; one that may not be seen is missing, and is no reason then
 */
export const reasonOf = (
  last: Standing['last'],
  items: ReadonlyMap<MediaItemId, ShownItem>,
  devices: DeviceNames,
): Reason | null => {
  const item = last && items.get(last.id);
  if (!item) return null;
  const { id: itemId, title, seasonNumber, episodeNumber } = item;
  const device = last.on === null ? null : (devices.get(last.on) ?? null);
  return { itemId, title, seasonNumber, episodeNumber, watchedAt: last.at, device };
};
