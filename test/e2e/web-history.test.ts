import { beforeEach, describe, expect, test } from 'vitest';
import { noBrowser } from './web-browser.ts';
import { furnish, type Shelf } from './web-shelf.ts';
import { visiting } from './web-visit.ts';

const EPISODE = 'Slow Horses, S1 · E1 · Contagious';

describe.skipIf(noBrowser)('the history on the web page', () => {
  const visit = visiting();
  let shelf: Shelf;
  beforeEach(async () => {
    shelf = await furnish(visit);
  });

  const history = () => visit.section('History');
  const line = (name: string) => history().getByRole('listitem').filter({ hasText: name });
  const days = () => history().getByRole('heading', { level: 3 });
  const day = (name: string) => days().getByText(name, { exact: true }).waitFor();
  const gone = (name: string) => line(name).waitFor({ state: 'detached' });
  const save = (name: string) => visit.sheet.getByRole('button', { name, exact: true }).click();

  test('stands by days and times in the zone of the account, whatever the browser’s', async () => {
    await day('Monday, 4 May 2026');
    expect(await line('Arrival').innerText()).toMatch(/0?0:30.*Arrival.*watched · Tablet/s);
    expect(await history().getByText('Days and times are those of').isVisible()).toBe(false);

    await shelf.api('PATCH', '/me', { timeZone: 'America/New_York' });
    await visit.page.reload();
    await day('Sunday, 3 May 2026');
    expect(await line('Arrival').innerText()).toMatch(/11:30.*Arrival/s);
    await history().getByText('Days and times are those of America/New_York').waitFor();
    await visit.press('Use Asia/Tokyo');
    await day('Monday, 4 May 2026');
    expect(await shelf.api('GET', '/me')).toMatchObject({ user: { timeZone: 'Asia/Tokyo' } });
  });

  test('a play is deleted, and brought back', async () => {
    await visit.choose('History', 'Arrival', 'Delete from the history');
    await gone('Arrival');
    await line(EPISODE).waitFor();
    await visit.press('Undo');
    await line('Arrival').waitFor();
  });

  test('a date is corrected to the minute, in the zone of the account', async () => {
    await visit.choose('History', 'Arrival', 'Correct …');
    const when = visit.sheet.getByLabel('When', { exact: true });
    expect(await when.inputValue()).toBe('2026-05-04T00:30');
    await when.fill('2026-04-01T08:15');
    await save('Save');
    await day('Wednesday, 1 April 2026');
    expect(await line('Arrival').innerText()).toMatch(/0?8:15/);
    const { items } = await shelf.api<{ items: object[] }>('GET', `/me/history?itemId=${shelf.ids.Arrival}`);
    expect(items).toMatchObject([{ startedAt: '2026-03-31T23:15:00.000Z', datePrecision: 'exact' }]);
    await visit.press('Undo');
    await day('Monday, 4 May 2026');
  });

  test.each([
    ['The day', '2025-12-24', 'Wednesday, 24 December 2025'],
    ['The month', '2025-12', 'December 2025'],
    ['The year', '2025', '2025'],
    ['Nothing', null, 'Some day'],
  ])('a date of which %s is known', async (known, value, title) => {
    await visit.choose('History', 'Arrival', 'Correct …');
    await visit.sheet.getByLabel('What you know of when it was').selectOption(known);
    const when = visit.sheet.getByLabel('When', { exact: true });
    if (value === null) expect(await when.isVisible()).toBe(false);
    else await when.fill(value);
    await save('Save');
    await day(title);
    expect(await line('Arrival').locator('time').innerText()).toBe('');
    await visit.choose('History', 'Arrival', 'Correct …');
    expect(await visit.sheet.getByLabel('What you know of when it was').locator('option:checked').innerText()).toBe(
      known,
    );
    if (value !== null) expect(await when.inputValue()).toBe(value);
  });

  test('a date that cannot be is refused in words, and nothing typed is lost', async () => {
    await visit.choose('History', 'Arrival', 'Correct …');
    await visit.sheet.getByLabel('What you know of when it was').selectOption('The year');
    const when = visit.sheet.getByLabel('When', { exact: true });
    await when.evaluate((input: { removeAttribute(name: string): void }) => input.removeAttribute('min'));
    await when.fill('1950');
    await save('Save');
    await visit.sheet.getByRole('alert').getByText('lies before 1971').waitFor();
    expect(await when.inputValue()).toBe('1950');
    expect(await when.getAttribute('aria-invalid')).toBe('true');
  });

  test('a play is added by hand, and taken back', async () => {
    await visit.choose('History', 'Arrival', 'Watched again …');
    await visit.sheet.getByLabel('What you know of when it was').selectOption('The month');
    await visit.sheet.getByLabel('When', { exact: true }).fill('2024-02');
    await save('Add to the history');
    await day('February 2024');
    expect(await line('Arrival').count()).toBe(2);
    await visit.press('Undo');
    await days().getByText('February 2024').waitFor({ state: 'detached' });
    expect(await line('Arrival').count()).toBe(1);
  });

  test('filters by title, kind, library, device and period, and shows all again', async () => {
    const filter = (name: string) => history().getByLabel(name, { exact: true });
    const only = async (kept: string, other: string) => {
      await gone(other);
      await line(kept).waitFor();
      await history().getByRole('button', { name: 'Show all' }).click();
      await line(other).waitFor();
    };
    await line('Arrival').waitFor();
    await filter('Title').fill('slow');
    await visit.page.keyboard.press('Enter');
    await only(EPISODE, 'Arrival');
    await filter('Show').selectOption('Movies');
    await only('Arrival', EPISODE);
    const libraries = await filter('Library').locator('option').allInnerTexts();
    expect(libraries).toHaveLength(3);
    const { libraryId } = await shelf.api<{ libraryId: number }>('GET', `/items/${shelf.ids.Arrival}`);
    await filter('Library').selectOption(String(libraryId));
    await only('Arrival', EPISODE);
    await filter('From').fill('2026-05-04');
    await only('Arrival', EPISODE);
    await filter('To').fill('2026-05-02');
    await only(EPISODE, 'Arrival');
    await filter('Device').selectOption('Tablet');
    await line('Arrival').waitFor();
    await filter('Device').selectOption('Chrome on Linux');
    await history().getByText('You watched nothing of that kind.').waitFor();
  });

  test('is cleared after telling what goes, and comes back', async () => {
    await visit.press('Clear …');
    await visit.sheet.getByText('This takes 3 plays out of your history').waitFor();
    await visit.sheet.getByText('You can take it back for 30 days.').waitFor();
    expect(await visit.page.locator(':focus').textContent()).toBe('Cancel');
    await visit.page.keyboard.press('Enter');
    await visit.sheet.waitFor({ state: 'hidden' });
    expect(await line('Arrival').count()).toBe(1);

    await visit.press('Clear …');
    await save('Clear 3 plays');
    await history().getByText('You have not watched anything yet.').waitFor();
    await visit.notice
      .getByText(/3 plays are out of your history\. You can take that back until \d+ \w+ \d{4}\./)
      .waitFor();
    await visit.press('Undo');
    await line('Arrival').waitFor();
    await line(EPISODE).waitFor();
    await visit.section('Continue watching').getByText('50 min left').waitFor();
  });

  test('is cleared in part, with what was watched', async () => {
    await history().getByLabel('Show', { exact: true }).selectOption('Episodes');
    await gone('Arrival');
    await visit.press('Clear …');
    await visit.sheet.getByText('This takes 1 play out').waitFor();
    await visit.sheet.getByLabel('Mark it as not watched, too').check();
    await visit.sheet.getByText('counts as not watched again').waitFor();
    await save('Clear 1 play');
    await history().getByText('You watched nothing of that kind.').waitFor();
    await visit.press('Show all');
    await line('Arrival').waitFor();
    expect(await shelf.api('GET', `/items/${shelf.ids.Contagious}/state`)).toMatchObject({ watched: false });
    expect(await shelf.api('GET', `/items/${shelf.ids.Arrival}/state`)).toMatchObject({ watched: true });
  });

  test('the last changes are listed, each with its way back and forth', async () => {
    await visit.press('Mark as watched: Paddington');
    await visit.notice.getByText('is marked as watched').waitFor();
    await visit.choose('History', 'Arrival', 'Delete from the history');
    await gone('Arrival');
    await visit.press('Last changes');
    await visit.press('Undo: “Paddington” marked as watched');
    await visit.sheet.getByRole('status').getByText('Taken back: “Paddington” marked as watched.').waitFor();
    await visit.section('Continue watching').getByText('50 min left').waitFor();
    expect(await line('Arrival').count()).toBe(0);
    await visit.press('Redo: Change of “Paddington” taken back');
    await visit.section('Continue watching').getByText('You are not in the middle of anything').waitFor();
    await visit.press('Undo: Play of “Arrival” deleted');
    await line('Arrival').waitFor();
  });

  test('tells how long was watched, today by the clock of the account', async () => {
    const statistics = visit.section('Statistics');
    await shelf.watch('Flow', new Date().toISOString());
    await visit.page.reload();
    await statistics.getByText(/Something watched \d days? in a row\./).waitFor();
    await statistics.getByText('The last 30 days: 1 h 41 min').waitFor();
    const bars = statistics.locator('.bars').first().getByRole('listitem');
    expect(await bars.count()).toBe(30);
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Tokyo' });
    expect(await bars.last().getAttribute('title')).toMatch(new RegExp(`^${today}: 1 h 4[01] min$`));
    await statistics.getByRole('listitem').filter({ hasText: 'Slow Horses' }).getByText('1 h 40 min').waitFor();
  });
});
