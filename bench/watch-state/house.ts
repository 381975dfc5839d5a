import { DAY, HOUR, type Instant, MINUTE } from '#kernel/clock.ts';
import { asId, type MediaItemId } from '#kernel/ids.ts';

export const SEASONS = 10;
export const EPISODES_A_SEASON = 20;
export const EPISODES = SEASONS * EPISODES_A_SEASON;
export const EPISODE_MS = 45 * MINUTE;
const PLAYS_A_SERIES = 500;

/**
 * What one person has: a shelf of series, a quarter of them watched to the end, a quarter somewhere in the middle. In four
 * fifths of the latter an episode was left half way; they stand between the others at the head of the lists. All ids and
 * instants follow from a series' number, so that a database can be filled by a few statements.
 */
export interface House {
  series: number;
  inProgress: number;
  plays: number;
  now: Instant;
}

export const houseOf = (series: number, now: Instant): House => ({
  series,
  inProgress: series / 4,
  plays: series * PLAYS_A_SERIES,
  now,
});

export const LIBRARY: MediaItemId = asId(1);
export const FIRST_SERIES = 2;
export const firstSeason = ({ series }: House): number => FIRST_SERIES + series;
export const firstEpisode = (house: House): number => firstSeason(house) + house.series * SEASONS;

export const seriesId = (n: number): MediaItemId => asId(FIRST_SERIES + n);
export const seasonId = (house: House, n: number): MediaItemId => asId(firstSeason(house) + n);
export const episodeId = (house: House, n: number): MediaItemId => asId(firstEpisode(house) + n);

/** Episodes watched so far of the series with this number, the first ones. */
export const watchedOf = (house: House, n: number): number =>
  n < house.inProgress ? 20 + ((n * 37) % 160) : n < 2 * house.inProgress ? EPISODES : 0;

/** Whether an episode was left in the middle. */
export const isLeft = (house: House, n: number): boolean =>
  n < house.inProgress && (n >= house.inProgress * 0.4 || n % 2 === 1);

/** The newest activity in a series. */
export const activityOf = (house: House, n: number): Instant =>
  house.now - HOUR - n * 6 * HOUR - (n < house.inProgress ? 0 : 200 * DAY);

/** Between the ends of two episodes of a series. */
export const PACE = 20 * HOUR;
/** Between two rounds of everything: all was watched several times. */
export const ROUND = 400 * DAY;
