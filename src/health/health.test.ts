import { expect, test } from 'vitest';
import { createHealth } from './health.ts';

const well = async () => {};
const fails = async () => {
  throw new Error('It is away.');
};

test('the worst check decides, and each tells its reason', async () => {
  const health = createHealth();
  expect(await health.report()).toEqual({ state: 'healthy', checks: [] });
  health.add({ name: 'database', failure: 'unhealthy', run: well });
  expect((await health.report()).state).toBe('healthy');
  health.add({ name: 'kodi', failure: 'degraded', run: fails });
  expect(await health.report()).toMatchObject({
    state: 'degraded',
    checks: [
      { name: 'database', state: 'healthy', reason: null },
      { name: 'kodi', state: 'degraded', reason: 'It is away.' },
    ],
  });
  health.add({ name: 'disk', failure: 'unhealthy', run: fails });
  expect((await health.report()).state).toBe('unhealthy');
});

test('a check that never ends fails in time', async () => {
  const health = createHealth();
  health.add({ name: 'stuck', failure: 'degraded', run: () => new Promise(() => {}), limitMs: 20 });
  expect(await health.report()).toMatchObject({ checks: [{ reason: 'It did not answer within 20 ms.' }] });
});

test('asking again while it runs does not run it twice; later it does', async () => {
  const health = createHealth();
  let runs = 0;
  health.add({
    name: 'counted',
    failure: 'degraded',
    run: async () => {
      runs++;
    },
  });
  await Promise.all([health.report(), health.report()]);
  expect(runs).toBe(1);
  await health.report();
  expect(runs).toBe(2);
  expect(() => health.add({ name: 'counted', failure: 'degraded', run: well })).toThrow('two health checks');
});
