import { SECOND } from '#kernel/clock.ts';
import type { Standing, StandingChange, StandingField, Written } from '#sync/media-server.ts';
import { ItemAnswer } from './answers.ts';
import type { Dialect } from './dialect.ts';
import { isMadeUp } from './items.ts';
import type { Session } from './session.ts';

/** Reads how the item stands, sends what is to become of it, and compares that with what the server made of it. */
export const write = async (
  dialect: Dialect,
  session: Session,
  account: string,
  id: string,
  change: StandingChange,
  signal: AbortSignal,
): Promise<Written> => {
  const place = dialect.item(account, id);
  const item = isMadeUp(id) ? null : await session.find(place, ItemAnswer, signal);
  if (!item) return { outcome: 'gone', dropped: [], after: null, receipt: `GET ${place.path}: not there` };
  const sent: string[] = [];
  const after = await dialect.write({ session, account, id, item, change, sent }, signal);
  const { asked, dropped } = compare(change, after);
  const receipt = sent.length > 0 ? sent.join(', ') : `GET ${place.path}: it stood so already`;
  return { outcome: outcomeOf(asked, dropped), dropped, after, receipt };
};

const outcomeOf = (asked: number, dropped: readonly StandingField[]): Written['outcome'] => {
  if (dropped.length === 0) return 'written';
  return dropped.length === asked ? 'unsupported' : 'partial';
};

/** Which of the fields that a change asked for the server did not keep. Whole seconds of a date are enough. */
const compare = (change: StandingChange, { state, opinion }: Standing) => {
  const { watched, position, favourite, rating } = change;
  const kept: Partial<Record<StandingField, boolean>> = {};
  if (watched?.value) {
    kept.watched = state?.watched === true;
    kept.playCount = kept.watched && (state?.playCount ?? 0) >= watched.playCount;
    const at = Math.max(watched.at, position?.at ?? watched.at);
    kept.lastPlayedAt = kept.watched && isNear(state?.lastPlayedAt ?? null, at, SECOND);
  }
  if (watched?.value === false) kept.unwatched = state?.watched === false;
  if (position !== undefined)
    kept.position = isNear(state?.position?.positionMs ?? 0, position?.positionMs ?? 0, SECOND);
  if (favourite !== undefined) kept.favourite = opinion?.favourite === favourite;
  if (rating !== undefined) kept.rating = isNear(opinion?.rating ?? 0, rating ?? 0, 0.1);
  const asked = Object.keys(kept) as StandingField[];
  return { asked: asked.length, dropped: asked.filter((field) => !kept[field]) };
};

const isNear = (one: number | null, other: number, tolerance: number): boolean =>
  one !== null && Math.abs(one - other) < tolerance;
