import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  earliestSince,
  isZone,
  type KodiZone,
  offsetOf,
  readKodiDay,
  readKodiTime,
  skewOf,
  writeKodiTime,
} from './kodi-time.ts';

const newYork: KodiZone = { sort: 'named', name: 'America/New_York' };
const iso = (text: string, zone: KodiZone = newYork) => {
  const at = readKodiTime(text, zone);
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe("Kodi's dates", () => {
  test('are wall clock times of its zone, winter and summer', () => {
    expect(iso('2026-11-21 03:08:32')).toBe('2026-11-21T08:08:32.000Z');
    expect(iso('2026-07-01 03:08:32')).toBe('2026-07-01T07:08:32.000Z');
    expect(iso('2026-07-01 03:08:32', { sort: 'offset', offsetMs: 2 * 3600_000 })).toBe('2026-07-01T01:08:32.000Z');
    expect(iso('2026-07-01 03:08:32', { sort: 'named', name: 'Asia/Kathmandu' })).toBe('2026-06-30T21:23:32.000Z');
  });

  test('of an hour that came twice is the first; of one that never was, as before the change', () => {
    expect(iso('2024-11-03 01:30:00')).toBe('2024-11-03T05:30:00.000Z');
    expect(iso('2024-11-03 02:00:00')).toBe('2024-11-03T07:00:00.000Z');
    expect(iso('2024-03-10 02:30:00')).toBe('2024-03-10T07:30:00.000Z');
    expect(iso('2024-03-10 03:00:00')).toBe('2024-03-10T07:00:00.000Z');
  });

  test.each([
    '',
    '1970-01-01 00:00:00',
    '2024-06-01T10:00:00Z',
    '2024-06-01',
    '2024-13-01 00:00:00',
    '2023-02-29 10:00:00',
    'x',
  ])('are none where there is none: %j', (text) => expect(iso(text)).toBeUndefined());

  test('days are midnight UTC; placeholders are none', () => {
    expect(readKodiDay('1939-08-25')).toBe(Date.UTC(1939, 7, 25));
    for (const text of ['', '1970-01-01', '1601-01-01', '2024-02-30']) expect(readKodiDay(text)).toBeUndefined();
  });

  test('read back give the wall clock that was written, in every zone', () => {
    const zones = ['America/New_York', 'Europe/Berlin', 'Asia/Tokyo', 'Australia/Lord_Howe', 'UTC', 'America/St_Johns'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(1975, 0) / 1000, max: Date.UTC(2035, 0) / 1000 }),
        (name, seconds) => {
          const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: name, dateStyle: 'short', timeStyle: 'medium' });
          const wall = shown.format(new Date(seconds * 1000));
          const read = readKodiTime(wall, { sort: 'named', name });
          expect(shown.format(new Date(read!))).toBe(wall);
        },
      ),
    );
  });
});

describe('dates for Kodi', () => {
  const zones = ['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'UTC', 'America/St_Johns'];
  const second = fc.integer({ min: Date.UTC(1975, 0) / 1000, max: Date.UTC(2035, 0) / 1000 });

  test('are its wall clock’s, and are read back but for the hour that comes twice', () => {
    expect(writeKodiTime(Date.UTC(2026, 6, 1, 7, 8, 32, 999), newYork)).toBe('2026-07-01 03:08:32');
    expect(writeKodiTime(Date.UTC(2026, 6, 1, 1), { sort: 'offset', offsetMs: 2 * 3600_000 })).toBe(
      '2026-07-01 03:00:00',
    );
    fc.assert(
      fc.property(fc.constantFrom(...zones), second, (name, seconds) => {
        const zone: KodiZone = { sort: 'named', name };
        const read = readKodiTime(writeKodiTime(seconds * 1000, zone), zone)!;
        expect([0, 1800_000, 3600_000]).toContain(seconds * 1000 - read);
        expect(writeKodiTime(read, zone)).toBe(writeKodiTime(seconds * 1000, zone));
      }),
    );
  });

  test('since an instant: none of what came after is earlier, also where clocks were set back', () => {
    const autumn = fc.integer({ min: Date.UTC(2026, 8, 20) / 1000, max: Date.UTC(2026, 10, 10) / 1000 });
    const lengths = fc.tuple(fc.nat(48 * 3600), fc.nat(48 * 3600));
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.oneof(second, autumn), lengths, (name, seconds, [one, other]) => {
        const zone: KodiZone = { sort: 'named', name };
        const [between, now] = [Math.min(one, other), Math.max(one, other)].map((by) => (seconds + by) * 1000);
        expect(earliestSince(seconds * 1000, now!, zone) <= writeKodiTime(between!, zone)).toBe(true);
      }),
    );
  });
});

describe("Kodi's clock", () => {
  const now = Date.UTC(2026, 10, 21, 10, 0, 4);

  test('tells the offset to the quarter of an hour', () => {
    expect(offsetOf('2026-11-21', '05:00:00', now)).toBe(-5 * 3600_000);
    expect(offsetOf('2026-11-21', '15:46:10', now)).toBe(5.75 * 3600_000);
    expect(offsetOf('', '', now)).toBeUndefined();
    // Regions of twelve hours; a region of twenty-four may name the half of the day too.
    expect(offsetOf('2026-11-21', '03:46:10 PM', now)).toBe(5.75 * 3600_000);
    expect(offsetOf('2026-11-21', '15:46:10 PM', now)).toBe(5.75 * 3600_000);
    expect(offsetOf('2026-11-21', '05:00:00 a.m.', now)).toBe(-5 * 3600_000);
    expect(offsetOf('2026-11-21', '12:00:00 PM', now)).toBe(2 * 3600_000);
    expect(offsetOf('2026-11-21', '12:00:00 AM', now)).toBe(-10 * 3600_000);
    expect(offsetOf('2026-11-21', '12:00:00', now)).toBe(2 * 3600_000);
  });

  test('is held against its zone', () => {
    expect(skewOf('2026-11-21', '05:00:04', 'America/New_York', now)).toBe(0);
    expect(skewOf('2026-11-21', '10:00:04', 'America/New_York', now)).toBe(5 * 3600_000);
  });

  test('zones are known by name', () => {
    expect(['Europe/Berlin', 'UTC', 'default', '', 'Mars/Base'].map(isZone)).toEqual([true, true, false, false, false]);
  });
});
