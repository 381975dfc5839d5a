import fc from 'fast-check';
import { createScopeRebuilder } from '#activity/marks/group-rebuild.ts';
import type { Specials } from '#activity/series/order.ts';
import { type Activity, createActivity } from '#activity/service.ts';
import { createStates, type States } from '#activity/states/states.ts';
import type { Database } from '#database/database.ts';
import { DAY, MINUTE, manualClock } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import { isolationModes, type Viewer } from '#kernel/viewer.ts';
import { addDevice, addUser } from '../support/people.ts';
import { treeIn } from '../support/tree.ts';
import type { Leaf } from './model.ts';

export const NOW = 1_700_000_000_000;
/** Everything happens in half an hour, so that instants meet. */
export const at = (minute: number) => NOW - DAY + minute * MINUTE;

export interface Node {
  id: MediaItemId;
  kind: MediaKind;
}

/** A database with one person on four devices, for many histories one after the other. */
export interface House {
  database: Database;
  activity: Activity;
  states: States;
  viewers: Viewer[];
}

export interface World extends House {
  leaves: Leaf[];
  /** All that hold leaves, with the movies of each collection. */
  containers: Node[];
  members: Map<MediaItemId, MediaItemId[]>;
  /** What is marked as a whole: libraries as often as all that is below them. */
  marked: MediaItemId[];
  series: MediaItemId[];
  specials: Map<MediaItemId, Specials>;
}

export const makeHouse = async (database: Database): Promise<House> => {
  const clock = manualClock(NOW);
  const { viewer } = await addUser(database, { name: 'Ada', isolation: 'silo' });
  const viewers = [viewer];
  for (const isolation of isolationModes.slice(1)) {
    viewers.push(await addDevice(database, viewer, { name: isolation, isolation }));
  }
  return {
    database,
    activity: createActivity({ database, clock }),
    states: createStates({ database, clock }),
    viewers,
  };
};

/** How big a tree is: episodes of each season of each show, movies, tracks of each album. */
export const shape = fc.record({
  shows: fc.array(
    fc.record({
      specials: fc.nat({ max: 3 }),
      seasons: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  movies: fc.nat({ max: 4 }),
  albums: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
  /** Moves instants of adding and showing around. */
  salt: fc.nat({ max: 50 }),
});
export type Shape = typeof shape extends fc.Arbitrary<infer S> ? S : never;

const TABLES = ['marks', 'play_states', 'plays', 'series_states', 'rewatches', 'list_choices', 'media_items'] as const;

/** Clears what was before and grows a tree of this shape. */
export const makeWorld = (house: House, shape: Shape): Promise<World> =>
  house.database.transaction(async (tx) => {
    for (const table of TABLES) await tx.deleteFrom(table).execute();
    const viewers: Viewer[] = [];
    for (const [n, viewer] of house.viewers.entries()) {
      const isolation = isolationModes[n]!;
      if (viewer.isolation !== isolation) {
        await tx.updateTable('device_users').set({ isolation }).where('id', '=', viewer.deviceUserId).execute();
      }
      viewers.push({ ...viewer, isolation });
    }
    house.viewers = viewers;
    const world: World = {
      ...house,
      leaves: [],
      containers: [],
      members: new Map(),
      marked: [],
      series: [],
      specials: new Map(),
    };
    await growShows(world, shape);
    await growMovies(world, shape);
    await growMusic(world, shape);
    return world;
  });

const growShows = async (world: World, { shows, salt }: Shape): Promise<void> => {
  const tree = treeIn(world.database, at(0));
  const shelf = await tree.library('series');
  const other = await tree.library('series');
  world.containers.push({ id: shelf, kind: 'library' }, { id: other, kind: 'library' });
  const below = shows.length * 3;
  world.marked.push(...Array<MediaItemId>(below).fill(shelf), other);
  for (const show of shows) {
    const series = await tree.series(shelf);
    world.series.push(series);
    world.containers.push({ id: series, kind: 'series' });
    world.marked.push(series);
    for (const [number, length] of [show.specials, ...show.seasons].entries()) {
      const season = await tree.season(series, number);
      world.containers.push({ id: season, kind: 'season' });
      world.marked.push(season);
      for (let episode = 1; episode <= length; episode++) {
        const facts = factsOf(world.leaves.length + salt);
        const id = await tree.episode(season, episode, facts);
        addLeaf(world, { chain: [id, season, series, shelf], series, order: [number, episode] }, facts);
      }
    }
  }
};

const growMovies = async (world: World, { movies, salt }: Shape): Promise<void> => {
  const tree = treeIn(world.database, at(0));
  const shelf = await tree.library('movies');
  world.containers.push({ id: shelf, kind: 'library' });
  world.marked.push(shelf);
  const ids: MediaItemId[] = [];
  for (let n = 0; n < movies; n++) {
    const facts = factsOf(world.leaves.length + salt);
    ids.push(await tree.movie(shelf, facts));
    addLeaf(world, { chain: [ids[n]!, shelf], series: null, order: [0, 0] }, facts);
  }
  const held = ids.slice(0, 3);
  const box = await tree.collection(shelf, held);
  world.containers.push({ id: box, kind: 'collection' });
  world.marked.push(box);
  world.members.set(box, held);
};

const growMusic = async (world: World, { albums, salt }: Shape): Promise<void> => {
  if (albums.length === 0) return;
  const tree = treeIn(world.database, at(0));
  const shelf = await tree.library('music');
  const artist = await tree.artist(shelf);
  world.containers.push({ id: shelf, kind: 'library' }, { id: artist, kind: 'artist' });
  world.marked.push(shelf, artist);
  for (const length of albums) {
    const album = await tree.album(artist);
    world.containers.push({ id: album, kind: 'album' });
    world.marked.push(album);
    for (let number = 1; number <= length; number++) {
      const facts = factsOf(world.leaves.length + salt);
      const id = await tree.track(album, number, facts);
      addLeaf(world, { chain: [id, album, artist, shelf], series: null, order: [0, number] }, facts);
    }
  }
};

const HIDDEN = 18;

const factsOf = (n: number) => ({
  added_at: at(n % 4 === 3 ? 15 : 0),
  released_at: n % 7 === 3 ? NOW + DAY : n % 3 === 1 ? at((n * 5) % 25) : null,
  rating_level: n % 5 === 2 ? HIDDEN : null,
});

export const addLeaf = (
  world: World,
  place: Pick<Leaf, 'chain' | 'series' | 'order'>,
  facts: { added_at: number; released_at?: number | null; rating_level?: number | null },
): void => {
  world.leaves.push({
    ...place,
    id: place.chain[0]!,
    addedAt: facts.added_at,
    releasedAt: facts.released_at ?? null,
    here: true,
    open: (facts.rating_level ?? 0) < HIDDEN,
  });
};

/** Somebody on a device who may not see what is for adults. */
export const restricted = (viewer: Viewer): Viewer => ({ ...viewer, grants: childGrants });
const childGrants: Viewer['grants'] = {
  libraries: null,
  streamSources: null,
  maxRatingLevel: 12,
  allowUnrated: true,
  allowedTags: null,
  blockedTags: [],
};

export const rebuild = ({ database, viewers }: World): Promise<void> =>
  database.transaction((tx) => createScopeRebuilder().rebuildGroup(tx, viewers[0]!.userId));
