import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarOf } from './calendar.ts';
import { DAY, HOUR, MINUTE } from './clock.ts';
import { dayOf, dayText } from './day.ts';

const zones = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'America/St_Johns',
  'America/Havana',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Niue',
  'Australia/Lord_Howe',
  'Africa/Cairo',
);
const since2012 = fc.integer({ min: Date.UTC(2012, 0, 1), max: Date.UTC(2040, 0, 1) });

test('a day is that of the clock on the wall, and days follow each other without a gap', () => {
  fc.assert(
    fc.property(zones, since2012, (zone, at) => {
      const calendar = calendarOf(zone);
      const { day, text, from, to } = calendar.dayAt(at);
      expect(from <= at && at < to).toBe(true);
      expect(text).toBe(new Date(at).toLocaleDateString('sv-SE', { timeZone: zone }));
      expect(text).toBe(dayText(day));
      expect(calendar.startOf(day)).toBe(from);
      expect(calendar.dayAt(to).from).toBe(to);
      expect(calendar.dayAt(from - 1).to).toBe(from);
    }),
    { numRuns: 500 },
  );
});

test('days follow each other on those of a change as well', () => {
  // St. John’s changed its clocks a minute past midnight until 2011: days were told twice.
  for (const zone of ['America/St_Johns', 'Pacific/Apia', 'Africa/Cairo', 'America/Sao_Paulo', 'Asia/Tehran']) {
    const { dayAt } = calendarOf(zone);
    for (let at = Date.UTC(2005, 0, 1); at < Date.UTC(2013, 0, 1); ) {
      const { day, from, to } = dayAt(at);
      expect(from).toBe(dayAt(from).from);
      expect(dayAt(to - 1).day).toBe(day);
      expect(dayAt(to)).toMatchObject({ from: to });
      expect(dayAt(to).day).toBeGreaterThan(day);
      at = to;
    }
  }
});

test('the hour of the week is that of the clock on the wall', () => {
  const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  fc.assert(
    fc.property(zones, since2012, (zone, at) => {
      const shown = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        weekday: 'short',
        hour: '2-digit',
        hourCycle: 'h23',
      }).formatToParts(at);
      const told = (type: string) => shown.find((part) => part.type === type)?.value ?? '';
      expect(calendarOf(zone).hourOfWeekAt(at)).toBe(weekdays.indexOf(told('weekday')) * 24 + Number(told('hour')));
    }),
    { numRuns: 500 },
  );
});

test('has 23 and 25 hours where the clock is changed', () => {
  const { dayAt } = calendarOf('Europe/Berlin');
  const spring = dayAt(Date.UTC(2026, 2, 29, 12));
  expect([spring.text, spring.to - spring.from]).toEqual(['2026-03-29', 23 * HOUR]);
  const autumn = dayAt(Date.UTC(2026, 9, 25, 12));
  expect([autumn.text, autumn.to - autumn.from]).toEqual(['2026-10-25', 25 * HOUR]);
  // Midnight itself is skipped there.
  const cairo = calendarOf('Africa/Cairo').dayAt(Date.UTC(2026, 3, 24, 12));
  expect([cairo.text, cairo.to - cairo.from]).toEqual(['2026-04-24', 23 * HOUR]);
});

test('a day begins where the clock says', () => {
  // Brazil set its clocks forward at midnight; Lord Howe Island does by half an hour.
  expect(calendarOf('America/Sao_Paulo').startOf(20_181_104)).toBe(Date.UTC(2018, 10, 4, 3));
  expect(calendarOf('Europe/Berlin').startOf(20_260_701)).toBe(Date.UTC(2026, 5, 30, 22));
  const island = calendarOf('Australia/Lord_Howe');
  for (const minute of [-MINUTE, 0]) {
    const at = Date.UTC(2026, 3, 4, 15) + minute;
    expect([island.dayAt(at).day, island.hourOfWeekAt(at)]).toEqual([20_260_405, 6 * 24 + 1]);
  }
  fc.assert(
    fc.property(zones, fc.integer({ min: 12_000, max: 21_000 }), (zone, days) => {
      const { startOf, dayAt } = calendarOf(zone);
      const start = startOf(dayOf(days));
      expect(dayAt(start).day).toBeGreaterThanOrEqual(dayOf(days));
      expect(dayAt(start - 1).day).toBeLessThan(dayOf(days));
    }),
  );
});

test('a day that an island left out is nobody’s', () => {
  const { dayAt, startOf } = calendarOf('Pacific/Apia');
  const before = dayAt(Date.UTC(2011, 11, 30, 9));
  expect(before.text).toBe('2011-12-29');
  expect(dayAt(before.to).text).toBe('2011-12-31');
  expect(startOf(20_111_230)).toBe(before.to);
});

test('a zone that nobody knows is UTC', () => {
  const calendar = calendarOf('Nowhere/At_All');
  expect(calendar.dayAt(5 * DAY + HOUR)).toEqual({ day: 19_700_106, text: '1970-01-06', from: 5 * DAY, to: 6 * DAY });
  expect(calendar.hourOfWeekAt(HOUR)).toBe(73);
});

test('an instant beyond all calendars has a day as well', () => {
  const { dayAt, hourOfWeekAt } = calendarOf('America/New_York');
  expect([-1e15, 0, 9e15].map((at) => dayAt(at).text)).toEqual(['1969-12-30', '1969-12-31', '9999-12-28']);
  expect([-1e15, 9e15].map((at) => hourOfWeekAt(at) < 168)).toEqual([true, true]);
});

test('a million instants are told within seconds', () => {
  const { dayAt, hourOfWeekAt } = calendarOf('Europe/Berlin');
  let days = 0;
  for (let n = 0; n < 1_000_000; n++) {
    const at = n * 1_700_000;
    if (dayAt(at).day > 20_000_101 && hourOfWeekAt(at) >= 0) days++;
  }
  expect(days).toBeGreaterThan(100_000);
}, 5000);
