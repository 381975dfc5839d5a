import { isAppError } from '#kernel/errors.ts';
import { replaceServer } from '#sync/items/replace.ts';
import { glance } from '#sync/quick.ts';
import type { RunView } from '#sync/views.ts';
import type { Act, Place, World } from './world.ts';

/** What became of a run: it ended, was refused or failed, or the program died in it. */
export type Outcome = { run: RunView } | { refused: string } | 'died';

/** Runs a client, as long as the program lives. */
export const run = async (world: World, place: Place, does: 'sync' | 'import' | 'approve' | 'preview' = 'sync') => {
  const stop = new AbortController();
  const outcome = await living(world, (signal) => world.house.sync.run(place.clientId, does, { signal }), stop);
  world.tell(`S${place.index} ${does}: ${wordsFor(outcome)}`);
  if (outcome !== 'died' && 'run' in outcome) {
    await noteNoticed(world, place, outcome.run);
    const { warnings, kind, counts } = outcome.run;
    const whole = kind !== 'preview' && counts.seen > 0 && !warnings.some((one) => one.includes('while it was read'));
    if (whole) place.renumbered = false;
  }
  return outcome;
};

const living = async (
  { house }: World,
  work: (signal: AbortSignal) => Promise<RunView>,
  stop: AbortController,
): Promise<Outcome> => {
  try {
    const result = await house.orDeath(work(stop.signal));
    return result ? { run: result.value } : 'died';
  } catch (error) {
    if (isAppError(error)) return { refused: error.message };
    throw error;
  }
};

const wordsFor = (outcome: Outcome): string => {
  if (outcome === 'died') return 'the program died';
  if ('refused' in outcome) return outcome.refused;
  const { state, counts, warnings } = outcome.run;
  const told = Object.entries(counts).filter(([name, count]) => count > 0 && name !== 'seen');
  return [state, ...told.map(([name, count]) => `${count} ${name}`), ...warnings].join(', ');
};

/** A look at what just changed. */
export const look = async (world: World, place: Place): Promise<void> => {
  const { random, house, tell } = world;
  const names = place.copies.map(({ entry }) => entry.remoteId);
  const read = place.accounts.map(({ id }) => ({
    accountId: id,
    remoteId: random.chance(0.5) || names.length === 0 ? null : random.pick(names),
  }));
  const work = glance(house.tools, place.clientId, { read, items: 'all' }, new AbortController().signal);
  const outcome = await house.orDeath(work.catch((error: Error) => error.message));
  tell(`S${place.index} glance: ${outcome?.value ?? 'the program died'}`);
};

/** Puts the server that answers now in the place of the one that did before. */
export const replace = async (world: World, place: Place): Promise<void> => {
  const address = `http://server-${place.index}`;
  const by = place.accounts[0]!.person.viewer;
  const work = replaceServer(world.house.tools, by, place.clientId, { address }, new AbortController().signal);
  const outcome = await world.house.orDeath(
    work.then(
      ({ warnings }) => ['replaced', ...warnings].join(', '),
      (error: unknown) => {
        if (isAppError(error)) return error;
        throw error;
      },
    ),
  );
  if (typeof outcome?.value === 'string') place.replaced = false;
  world.tell(`S${place.index} replace: ${outcome === undefined ? 'the program died' : outcome.value}`);
};

const LOSSES: readonly Act['did'][] = ['unwatch', 'unlike', 'unrate'];

/** What was done before an account was read is taken over, except what is held. */
const noteNoticed = async ({ house, acts }: World, place: Place, { kind, state }: RunView): Promise<void> => {
  if (kind === 'preview') return;
  const rows = await house.database.read
    .selectFrom('client_accounts')
    .select(['id', 'state_read_at'])
    .where('client_id', '=', place.clientId)
    .execute();
  const now = house.clock.now();
  for (const { id, state_read_at } of rows) {
    for (const act of acts) {
      if (act.account?.place !== place || act.account.id !== id || act.noticedAt !== null || act.lost) continue;
      if (state === 'held' && LOSSES.includes(act.did)) continue;
      if (state_read_at !== null && act.at < state_read_at) act.noticedAt = now;
    }
  }
};
