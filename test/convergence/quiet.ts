import { sql } from 'kysely';
import { DAY, MINUTE } from '#kernel/clock.ts';
import { replace, run } from './runs.ts';
import type { Place, World } from './world.ts';

/** So many rounds at the most until nothing is left to do. */
const ROUNDS = 6;

/**
 * Everything heals and nobody does anything any more. What is held is decided: what a server forgot that was set up anew
 * is rejected, and so is all that is lost while a server shows nothing; the rest somebody did on purpose.
 * @throws Error when it does not come to rest
 */
export const quieten = async (world: World): Promise<void> => {
  const { house, places } = world;
  house.trouble = 0;
  // Some servers come back only once they were looked at.
  for (const place of places.filter(({ line }) => line.empty && !line.down)) {
    await run(world, place);
    await decide(world, place);
  }
  for (const { line, server, accounts } of places) {
    Object.assign(line, { down: false, empty: false });
    for (const { key } of accounts) server.as(key).play(null);
  }
  world.tell('Quiet');
  for (let round = 1; ; round++) {
    let busy = false;
    for (const place of places) {
      house.clock.advance(2 * MINUTE);
      if (place.replaced) await replace(world, place);
      busy = (await settle(world, place)) || busy;
    }
    // The first may have gone on where one was broken off, and not seen all.
    if (!busy && round > 1) break;
    if (round === ROUNDS) throw new Error(`It did not come to rest in ${ROUNDS} rounds.`);
  }
  await staysQuiet(world);
};

/** @returns whether anything was done */
const settle = async (world: World, place: Place): Promise<boolean> => {
  const outcome = await run(world, place);
  if (outcome === 'died' || !('run' in outcome)) throw new Error(`S${place.index} cannot be synced in the quiet.`);
  const { state, counts, warnings } = outcome.run;
  const decided = state === 'held' && (await decide(world, place));
  place.forgot = false;
  // One that goes on where another was broken off has not seen all of what is there now.
  const partly = warnings.some((warning) => warning.includes('changed while it was read'));
  return decided || partly || counts.events + counts.written + counts.failed + counts.created + counts.rematched > 0;
};

const decide = async (world: World, place: Place): Promise<boolean> => {
  const { sync, clock } = world.house;
  const view = await sync.client(place.clientId);
  if (view.held === 0) return false;
  clock.advance(MINUTE);
  if (place.forgot || place.line.empty) {
    await sync.reject(place.accounts[0]!.person.viewer, place.clientId);
    world.tell(`S${place.index}: rejected`);
  } else await run(world, place, 'approve');
  return true;
};

/** A network in which nobody does anything: no writes, no events, the same for days. */
const staysQuiet = async (world: World): Promise<void> => {
  const { house, places } = world;
  house.clock.advance(2 * DAY);
  const before = await fingerprint(world);
  for (const { server } of places) server.calls.splice(0);
  for (const place of places) {
    house.clock.advance(MINUTE);
    const outcome = await run(world, place);
    if (outcome === 'died' || !('run' in outcome)) throw new Error(`S${place.index} cannot be synced in the quiet.`);
    const { events, written, failed, held } = outcome.run.counts;
    if (events + written + failed + held > 0) throw new Error(`S${place.index} did something in the quiet.`);
    const writes = place.server.calls.filter(({ call }) => call === 'write');
    if (writes.length > 0) throw new Error(`S${place.index} was written to in the quiet: ${JSON.stringify(writes)}`);
  }
  const after = await fingerprint(world);
  if (after !== before) throw new Error(`What is kept changed in the quiet:\n${before}\n${after}`);
};

/** All that is kept of people's watching. */
const fingerprint = async ({ house: { database } }: World): Promise<string> => {
  const { rows } = await sql`SELECT
    (SELECT count(*) FROM marks) AS marks, (SELECT sum(at) FROM marks) AS marked,
    (SELECT count(*) FROM plays) AS plays, (SELECT sum(last_at) FROM plays) AS played,
    (SELECT sum(play_count) FROM play_states) AS counts, (SELECT sum(reported_at) FROM play_states) AS reported,
    (SELECT sum(favourite_at) FROM opinions) AS liked, (SELECT sum(rated_at) FROM opinions) AS rated`.execute(
    database.read,
  );
  return JSON.stringify(rows);
};
