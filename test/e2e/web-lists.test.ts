import { beforeEach, describe, expect, test } from 'vitest';
import { noBrowser } from './web-browser.ts';
import { furnish, type Shelf } from './web-shelf.ts';
import { visiting } from './web-visit.ts';

describe.skipIf(noBrowser)('the lists of the web page', () => {
  const visit = visiting();
  let shelf: Shelf;
  beforeEach(async () => {
    shelf = await furnish(visit);
  });

  const shows = (section: string, text: string) => visit.section(section).getByText(text).first().waitFor();
  const inProgress = 'Continue watching';
  const nothingInProgress = 'You are not in the middle of anything';
  const nothingNext = 'Nothing waits for you';
  const focused = () => visit.page.locator(':focus');

  test('marks as watched, and takes it back by the keyboard', async () => {
    await visit.press(/Mark as watched: Slow Horses, S1 · E2/);
    await shows('Next up', 'S1 · E3');
    expect(await focused().textContent()).toBe('Undo');
    await visit.page.keyboard.press('Enter');
    await shows('Next up', 'S1 · E2 ·');
    await visit.notice.getByText('is as it was before').waitFor();
  });

  test('gives back the position of what was marked', async () => {
    await visit.press(/Mark as watched: Paddington/);
    await shows(inProgress, nothingInProgress);
    await visit.press('Undo');
    await shows(inProgress, '50 min left');
  });

  test('hides an episode that is in progress, and only that', async () => {
    await shelf.leave('Work Drinks', 30);
    await visit.page.reload();
    await shows(inProgress, 'Slow Horses');
    await visit.choose(inProgress, 'Slow Horses', 'Hide from continue watching');
    await visit.section(inProgress).getByText('Slow Horses').waitFor({ state: 'detached' });
    await shows(inProgress, 'Paddington');
    await shows('Next up', 'Slow Horses');
    await visit.press('Undo');
    await shows(inProgress, 'Slow Horses');
  });

  test('drops, and takes it back', async () => {
    await visit.choose(inProgress, 'Paddington', 'Drop');
    await shows(inProgress, nothingInProgress);
    await visit.press('Undo');
    await shows(inProgress, '50 min left');
  });

  test('snoozes until a new episode comes', async () => {
    await visit.choose('Next up', 'Slow Horses', 'Snooze until a new episode');
    await shows('Next up', nothingNext);
    const choices = await shelf.api<{ snoozedUntil: unknown }>('GET', `/items/${shelf.ids['Slow Horses']}/choices`);
    expect(choices).toMatchObject({ snoozedAt: expect.any(String), snoozedUntil: null });
    await visit.press('Undo');
    await shows('Next up', 'S1 · E2 ·');
  });

  test('snoozes for a week, and brings it back from what is set aside', async () => {
    await visit.choose('Next up', 'Slow Horses', 'Snooze for a week');
    await shows('Next up', nothingNext);
    await visit.press('Set aside');
    await shows('My lists', 'Snoozed today');
    await visit.press('Bring back: Slow Horses');
    await shows('My lists', 'Nothing is set aside');
    await shows('Next up', 'S1 · E2 ·');
  });

  test('puts specials where they are wanted', async () => {
    await shelf.watch('Work Drinks', '2026-05-04T12:00:00Z');
    await shows('Next up', 'S1 · E3 ·');
    await visit.more('Next up', 'Slow Horses');
    const specials = visit.sheet.getByRole('combobox', { name: 'Specials in next up' });
    expect(await specials.inputValue()).toBe('');
    await specials.selectOption('Among the episodes');
    await shows('Next up', 'Behind the Desk');
    await visit.more('Next up', 'Slow Horses');
    expect(await specials.inputValue()).toBe('inline');
    await specials.selectOption('Never');
    await shows('Next up', 'S1 · E3 ·');
  });

  test('starts a series over, and goes on where it was', async () => {
    await visit.choose('Next up', 'Slow Horses', 'Start over');
    await shows('Next up', 'S1 · E1 ·');
    await visit.press('Undo');
    await shows('Next up', 'S1 · E2 ·');
  });

  test('tells what is new and how much of it there is to watch; what is watched is not new', async () => {
    const line = (name: string) => visit.section('New').getByRole('listitem').filter({ hasText: name });
    expect(await line('Slow Horses').innerText()).toMatch(/Added today · 3 to watch/);
    await line('Flow').waitFor();
    expect(await line('Arrival').count()).toBe(0);
    await visit.choose('New', 'Flow', 'Mark as watched');
    await line('Flow').waitFor({ state: 'detached' });
    await visit.press('Undo');
    await line('Flow').waitFor();
  });

  test('keeps favourites and a watchlist', async () => {
    await shows('My lists', 'Your watchlist is empty');
    await visit.choose('New', 'Flow', 'Watchlist');
    await shows('My lists', 'Flow');
    await visit.choose('Next up', 'Slow Horses', 'Favourite');
    await visit.notice.getByText('“Slow Horses” is a favourite.').waitFor();
    await visit.press('Favourites');
    await shows('My lists', 'Slow Horses');
    expect(await visit.section('My lists').getByRole('listitem').count()).toBe(1);

    await visit.more('My lists', 'Slow Horses');
    const favourite = visit.sheet.getByRole('button', { name: 'Favourite' });
    expect(await favourite.getAttribute('aria-pressed')).toBe('true');
    await favourite.click();
    await shows('My lists', 'You have no favourites');
    await visit.press('Watchlist');
    await shows('My lists', 'Flow');
  });

  test('rates, with a review, and takes it back', async () => {
    await visit.choose('History', 'Arrival', 'Rate …');
    await visit.sheet.getByRole('combobox', { name: 'Rating' }).selectOption('9.5 of 10');
    await visit.sheet.getByRole('textbox').fill('See it twice.');
    await visit.sheet.getByRole('button', { name: 'Save' }).click();
    await visit.press('Ratings');
    await shows('My lists', '★ 9.5 of 10');
    await shows('My lists', 'See it twice.');
    await visit.choose('My lists', 'Arrival', 'Rated 9.5 …');
    expect(await visit.sheet.getByRole('textbox').inputValue()).toBe('See it twice.');
    await visit.sheet.getByRole('combobox').selectOption('No rating');
    await visit.sheet.getByRole('textbox').fill('');
    await visit.sheet.getByRole('button', { name: 'Save' }).click();
    await shows('My lists', 'You have not rated anything');
  });

  test('a menu opens, goes through and closes by the keyboard, and gives the focus back', async () => {
    await visit.section('Next up').getByRole('button', { name: 'More for Slow Horses' }).focus();
    await visit.page.keyboard.press('Enter');
    await visit.sheet.waitFor();
    expect(await focused().textContent()).toBe('Favourite');
    for (let tabs = 0; tabs < 3; tabs++) await visit.page.keyboard.press('Tab');
    expect(await focused().textContent()).toBe('Snooze for a week');
    await visit.page.keyboard.press('Escape');
    await visit.sheet.waitFor({ state: 'hidden' });
    expect(await focused().getAttribute('aria-label')).toBe('More for Slow Horses');
  });

  test('tells in words what went wrong', async () => {
    await visit.context.route('**/dropped', (route) => route.abort());
    await visit.choose(inProgress, 'Paddington', 'Drop');
    await visit.notice.getByText('The server does not answer.').waitFor();
    await shows(inProgress, '50 min left');
    visit.complaints.length = 0;
  });

  test.each(['Next up', 'History'])('the page and the menus of %s fit a small telephone', async (section) => {
    await visit.page.setViewportSize({ width: 320, height: 640 });
    const width = () => visit.page.evaluate('document.documentElement.scrollWidth');
    expect(await width()).toBe(320);
    await visit
      .section(section)
      .getByRole('button', { name: /^More for/ })
      .first()
      .click();
    const box = await visit.sheet.boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(320);
    expect(await visit.sheet.evaluate((sheet) => sheet.scrollWidth <= sheet.clientWidth)).toBe(true);
    expect(await width()).toBe(320);
  });
});
