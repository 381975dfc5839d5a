import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';

interface Dates {
  setZone(zone: string): void;
  wallOf(at: Date): string;
  instantOf(wall: string): Date;
  dayAfter(day: string, days: number): string;
  monthBefore(month: string, months: number): string;
}

const dates: Dates = await import(pathToFileURL('web/dates.js').href);
const zones = ['UTC', 'Asia/Tokyo', 'Europe/Berlin', 'America/Sao_Paulo', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
const MINUTE = 60_000;

test('what the clock on the wall shows is found again', () => {
  const minutes = fc.integer({ min: Date.UTC(1975) / MINUTE, max: Date.UTC(2035) / MINUTE });
  fc.assert(
    fc.property(fc.constantFrom(...zones), minutes, (zone, minute) => {
      dates.setZone(zone);
      const wall = dates.wallOf(new Date(minute * MINUTE));
      expect(dates.wallOf(dates.instantOf(wall))).toBe(wall);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['Asia/Tokyo', '2026-05-04T00:30', '2026-05-03T15:30:00.000Z'],
  ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
  ['America/Sao_Paulo', '2018-11-04T00:00', '2018-11-04T03:00:00.000Z'],
  ['America/New_York', '2026-11-01T12:00', '2026-11-01T17:00:00.000Z'],
])('in %s %s is %s, also where the clock is set forward past it', (zone, wall, at) => {
  dates.setZone(zone);
  expect(dates.instantOf(wall).toISOString()).toBe(at);
});

test('days and months are counted over the ends of years', () => {
  expect(dates.dayAfter('2026-12-31', 1)).toBe('2027-01-01');
  expect(dates.dayAfter('2024-03-01', -1)).toBe('2024-02-29');
  expect(dates.monthBefore('2026-02', 3)).toBe('2025-11');
});
