import { type LocalStanding, standingsOf } from '#activity/standings/standings.ts';
import { loadActor } from '#identity/device-users.ts';
import { MINUTE, SECOND } from '#kernel/clock.ts';
import type { DeviceUserId, MediaItemId } from '#kernel/ids.ts';
import type { Capabilities } from '#sync/media-server.ts';
import type { Kept } from '../support/media-server-shelf.ts';
import { SKEW } from './vendors.ts';
import type { Account, Act, Person, Work, World } from './world.ts';

/**
 * Holds what every server shows and what we keep against one another and against what people did.
 * @throws Error that tells what is wrong
 */
export const check = async (world: World): Promise<void> => {
  const items = await itemsOfWorks(world);
  for (const place of world.places) {
    for (const account of place.accounts) await checkAccount(world, account, items);
  }
  for (const person of world.people) {
    const standings = await standingsOf(world.house.database.read, person.viewer, [...items.values()]);
    for (const [work, item] of items) {
      const standing = standings.get(item);
      if (standing) checkPerson(world, person, work, standing);
    }
  }
  await checkPlays(world, items);
};

/** All copies of a work stand for one item, and no other work's do. */
const itemsOfWorks = async ({ house, places, works }: World): Promise<Map<Work, MediaItemId>> => {
  const rows = await house.database.read
    .selectFrom('client_items')
    .select(['client_id', 'client_item_id', 'item_id'])
    .where('removed_at', 'is', null)
    .execute();
  const found = new Map<Work, MediaItemId>();
  for (const { server, clientId, copies, index } of places) {
    for (const { work, entry } of copies) {
      const row = rows.find((one) => one.client_id === clientId && one.client_item_id === entry.remoteId);
      if (!row?.item_id) throw new Error(`${work.title} on S${index} (${entry.remoteId}) stands for nothing.`);
      const item = found.get(work) ?? row.item_id;
      if (item !== row.item_id) throw new Error(`${work.title} on S${index} is another item than elsewhere.`);
      found.set(work, item);
    }
    server.calls.splice(0);
  }
  if (new Set(found.values()).size !== found.size) throw new Error('Two works became one item.');
  return new Map(works.flatMap((work) => (found.has(work) ? [[work, found.get(work)!] as const] : [])));
};

/** What an account shows is what its person's device should see, as far as its server can show it. */
const checkAccount = async (world: World, account: Account, items: Map<Work, MediaItemId>): Promise<void> => {
  const { place, mode, person } = account;
  if (mode === 'silo' || mode === 'shout') return;
  const actor = await loadActor(world.house.database.read, await deviceUserOf(world, account));
  const standings = await standingsOf(world.house.database.read, actor, [...items.values()]);
  for (const copy of place.copies) {
    // What one did on an account that is not read stays there.
    if (mode === 'quiet' && world.acts.some((act) => act.account === account && act.work === copy.work)) continue;
    const local = standings.get(items.get(copy.work)!)!;
    const kept = place.server.as(account.key).kept(copy.entry.remoteId);
    // Nobody reads it, so nobody knows what a new one shows that was taken back here before it was.
    if (mode === 'quiet' && place.renewed) continue;
    // What nobody says here any more is not taken from them.
    if (person.muted && nobodySaid(local)) continue;
    const { capabilities, traits } = place.server;
    const writes = capabilities.writes.filter((field) => field !== 'rating' || !place.line.stubborn);
    const wrong = disagreement(local, kept, { ...capabilities, writes }, traits.cannotUnwatch);
    if (!wrong) continue;
    throw new Error(
      `${person.name}'s ${mode} account on S${place.index} does not agree on ${copy.work.title} (${copy.entry.remoteId}): ${wrong}\n  ours   ${JSON.stringify(local)}\n  theirs ${JSON.stringify(kept)}`,
    );
  }
};

const nobodySaid = ({ state, opinion }: LocalStanding): boolean =>
  opinion.favouriteAt === null && opinion.ratedAt === null && state?.watchedAt == null;

/** Positions nearer than this are one. */
const SAME = 10 * SECOND;

/** @returns in which field they differ by more than the server cannot help */
const disagreement = (
  { state, opinion }: LocalStanding,
  theirs: Kept,
  { writes, ratingStep, positionStepMs }: Capabilities,
  cannotUnwatch: boolean,
): string | undefined => {
  if (writes.includes('favourite') && opinion.favourite !== theirs.opinion.favourite) return 'favourite';
  if (
    writes.includes('rating') &&
    ratingStep !== null &&
    !sameRating(opinion.rating, theirs.opinion.rating, ratingStep)
  ) {
    return 'rating';
  }
  if (state === null) return undefined;
  const { watched, playCount, lastPlayedAt, position } = theirs.state;
  if (state.watched !== watched && !(watched && cannotUnwatch)) return 'watched';
  const end = watched && position?.durationMs && position.positionMs >= position.durationMs * 0.9;
  const there = position === null || end ? null : position.positionMs;
  const here = state.position?.positionMs ?? null;
  if (here !== null && (there === null || Math.abs(here - there) >= SAME + positionStepMs)) return 'position';
  // So little is nothing to us, and does no harm to them.
  if (here === null && there !== null && there > noise(position?.durationMs ?? 0)) return 'position';
  if (!state.watched) return undefined;
  if (writes.includes('playCount') && playCount < state.playCount) return 'playCount';
  if (writes.includes('lastPlayedAt') && (lastPlayedAt ?? 0) < (state.lastPlayedAt ?? 0) - MINUTE)
    return 'lastPlayedAt';
  return undefined;
};

const noise = (durationMs: number): number => Math.max(MINUTE, (durationMs * 5) / 100);

/** Ours in halves, theirs in steps of their own: each is the other's nearest. */
const sameRating = (ours: number | null, theirs: number | null, step: number): boolean => {
  if (ours === null || theirs === null) return ours === theirs;
  return Math.abs(Math.max(ours, step) - theirs) <= Math.max(step, 0.5) / 2 + 1e-9;
};

const isHeard = ({ account }: Act): boolean => account === null || account.mode === 'loud' || account.mode === 'shout';
const wasEverHeard = ({ account }: Act): boolean => account === null || account.everHeard;

/** What people did against what became of it. */
const checkPerson = ({ acts }: World, person: Person, work: Work, standing: LocalStanding): void => {
  const mine = acts.filter((act) => act.person === person && act.work === work);
  const fail = (what: string): never => {
    throw new Error(`${person.name}, ${work.title}: ${what}\n  ours ${JSON.stringify(standing)}`);
  };
  const { state, opinion } = standing;
  if (!mine.some(wasEverHeard)) {
    const blank = opinion.favouriteAt === null && opinion.ratedAt === null;
    if (!blank || (state && (state.watchedAt !== null || state.position || state.playCount > 0))) {
      fail('nobody who is heard ever did anything to it');
    }
  }
  const stands = (did: Act['did'], undone: Act['did'][]) =>
    mine.some(
      (act) => act.did === did && !act.lost && isHeard(act) && !mine.some((other) => undoes(other, act, undone)),
    );
  const saidOtherwise = (did: Act['did']) => mine.some((act) => act.did === did);
  if (stands('watch', ['unwatch', 'unmark']) && !state?.watched) fail('it was watched, and nobody took that back');
  // What is liked or rated where nobody looked before has no date: it is older than what was said here.
  if (!saidOtherwise('unlike') && stands('like', []) && !opinion.favourite)
    fail('it was liked, and nobody took that back');
  if (!saidOtherwise('unrate') && stands('rate', []) && opinion.rating === null)
    fail('it was rated, and nobody took that back');
  checkOnly(mine, standing, fail);
  const played = mine.filter(({ did, account }) => (did === 'watch' && account) || did === 'complete').length;
  if (state && !person.muted && state.playCount > played) fail(`it was played ${played} times`);
};

/** Later, or seen by us later: what is taken back has no date. */
const undoes = (other: Act, act: Act, kinds: Act['did'][]): boolean =>
  kinds.includes(other.did) && (other.noticedAt === null || Math.max(other.at, other.noticedAt) >= act.at - 2 * SKEW);

/** Of what only one thing was ever done to, that is what is there. */
const checkOnly = (mine: Act[], { state, opinion }: LocalStanding, fail: (what: string) => never): void => {
  const [act, more] = mine;
  if (!act || more || act.lost || !isHeard(act)) return;
  if (act.did === 'rate' && Math.abs((opinion.rating ?? 0) - act.value!) > 1) fail(`it was rated ${act.value}`);
  const low = noise(act.work.runtimeMs);
  const high = act.work.runtimeMs * (act.work.kind === 'track' ? 0.5 : 0.9);
  if (act.did !== 'stop' || !state || act.value! < low + SECOND) return;
  if (act.value! >= high + SECOND && !state.watched) fail('it was played to the end');
  if (act.value! < high && Math.abs((state.position?.positionMs ?? 0) - act.value!) > SAME)
    fail(`it was left at ${act.value}`);
};

const deviceUserOf = async ({ house }: World, { id }: Account): Promise<DeviceUserId> => {
  const row = await house.database.read
    .selectFrom('client_accounts')
    .select('device_user_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return row.device_user_id;
};

/** No play is in the history more often than it was played. */
const checkPlays = async (world: World, items: Map<Work, MediaItemId>): Promise<void> => {
  const rows = await world.house.database.read
    .selectFrom('plays')
    .select(['device_user_id', 'item_id', 'completed'])
    .where('deleted_at', 'is', null)
    .execute();
  for (const account of world.places.flatMap(({ accounts }) => accounts)) {
    const device = await deviceUserOf(world, account);
    for (const [work, item] of items) {
      const plays = rows.filter((row) => row.device_user_id === device && row.item_id === item);
      const played = world.acts.filter((act) => act.account === account && act.work === work && act.did === 'watch');
      if (plays.length <= played.length || account.person.muted) continue;
      throw new Error(
        `${work.title} was played ${played.length} times by ${account.person.name} on S${account.place.index}; the history has ${plays.length}.`,
      );
    }
  }
};
