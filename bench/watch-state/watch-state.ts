import { type Aim, type Bench, median, type Report, type Row } from '../bench.ts';
import { inFolder } from '../folder.ts';
import { onPostgres } from '../postgres.ts';
import { rowOf, type Sample, sample } from './measure.ts';
import { phasesOf, type Scenario } from './scenarios.ts';
import { postgresStand, type Stand, sqliteStand } from './stand.ts';

const SERIES = 2000;
const SMALL = SERIES / 10;
const ROUNDS = 5;

/** What the engine's calls cost, beside the obvious SQL, on a large library and on one of a tenth. */
export const watchState: Bench = {
  name: 'watch-state',
  says: 'marks, reports and lists of one person with 400,000 episodes and 1,000,000 plays, and with a tenth of that',
  run: () => onPostgres((server) => inFolder((folder) => measure(folder, server))),
};

const measure = async (folder: string, server: string): Promise<Report> => {
  const stands: Stand[] = [];
  try {
    stands.push(await sqliteStand(folder, 'large', SERIES));
    stands.push(await sqliteStand(folder, 'small', SMALL));
    stands.push(await postgresStand(server, 'postgres', SERIES));
    const samples = await runAll(stands);
    return reportOf(phasesOf(stands[0] as Stand).flat(), samples);
  } finally {
    for (const stand of stands) await stand.close();
  }
};

type Samples = Map<string, Sample[]>;

/** Each round of a phase goes over all stands, so that what disturbs the machine for a while disturbs all of them. */
const runAll = async (stands: Stand[]): Promise<Samples> => {
  const samples: Samples = new Map();
  const phases = stands.map((stand) => ({ stand, phases: phasesOf(stand) }));
  for (let phase = 0; phase < (phases[0]?.phases.length ?? 0); phase += 1) {
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const { stand, phases: all } of phases) {
        // The first round only warms up.
        for (const scenario of all[phase] ?? []) await runOne(stand, scenario, round === 0 ? new Map() : samples);
      }
    }
  }
  return samples;
};

const runOne = async (
  { name: stand, database, emptyLog, sent }: Stand,
  { name, engine, before, plain, times, plainTimes = times, together }: Scenario,
  samples: Samples,
): Promise<void> => {
  const inUnit = together && ((work: () => Promise<void>) => database.transaction(work));
  const add = (key: string, one: Sample) => samples.set(key, [...(samples.get(key) ?? []), one]);
  await emptyLog();
  add(`${stand}: ${name}`, await sample({ make: engine, before, times, inUnit, sent }));
  if (!plain) return;
  await emptyLog();
  add(`${stand}, plain: ${name}`, await sample({ make: plain, times: plainTimes, sent }));
};

const reportOf = (scenarios: Scenario[], samples: Samples): Report => {
  const rows = new Map([...samples].map(([name, all]) => [name, rowOf(name, all)]));
  return {
    rows: [...rows.values()],
    aims: scenarios.flatMap((scenario) => aimsOf(scenario, rows, tripsOf(samples, scenario))),
    notes: [
      `Medians of ${ROUNDS} rounds. large: ${SERIES} series; small: ${SMALL}; both SQLite. postgres: ${SERIES} series.`,
      'plain: the obvious SQL, one row an episode, on the same file or server, as bare prepared statements.',
      'Calls that write are timed in units of work of a hundred; with its commit each is a unit, and waits for the disk.',
    ],
  };
};

const TENTH = 1.3;
const POSTGRES = 3;

/** How often a call goes to PostgreSQL and back. */
const tripsOf = (samples: Samples, { name }: Scenario): number =>
  Math.round(median((samples.get(`postgres: ${name}`) ?? []).map((one) => one.statements)));

const aimsOf = ({ name, aim }: Scenario, rows: ReadonlyMap<string, Row>, trips: number): Aim[] => {
  const medianOf = (key: string): number => rows.get(key)?.medianMs ?? 0;
  if (aim === undefined) return [];
  const large = medianOf(`large: ${name}`);
  const postgres = POSTGRES * aim + trips * medianOf('postgres: a bare read');
  return [
    { says: `${name}, ms`, figure: large, aim, better: 'lower' },
    { says: `${name}, over a tenth`, figure: large / medianOf(`small: ${name}`), aim: TENTH, better: 'lower' },
    {
      says: `${name}, ms on PostgreSQL, ${trips} round trips`,
      figure: medianOf(`postgres: ${name}`),
      aim: postgres,
      better: 'lower',
    },
  ];
};
