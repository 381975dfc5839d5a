import type { Request } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { noBrowser } from './web-browser.ts';
import { furnish, type Shelf } from './web-shelf.ts';
import { NAME, PASSWORD, visiting, ZONE } from './web-visit.ts';

describe.skipIf(noBrowser)('the web page, when something changes elsewhere', () => {
  const visit = visiting();
  let shelf: Shelf;
  beforeEach(async () => {
    const following = followed();
    shelf = await furnish(visit);
    await following;
  });

  /** When the page follows the events, for the next time. */
  const followed = () => visit.page.waitForResponse((answer) => answer.url().endsWith('/events') && answer.ok());
  const shows = (section: string, text: string) => visit.section(section).getByText(text).first().waitFor();
  /** Requests for a list from here on. */
  const asked = (path: string): Request[] => {
    const requests: Request[] = [];
    visit.page.on('request', (request) => {
      if (request.url().includes(path)) requests.push(request);
    });
    return requests;
  };
  /** As when another tab is shown. */
  const hide = (hidden: boolean) =>
    visit.page.evaluate(`
      Object.defineProperty(document, 'hidden', { configurable: true, value: ${hidden} });
      document.dispatchEvent(new Event('visibilitychange'));
    `);

  test('shows what another session did, by itself', async () => {
    const other = await visit.browser.newContext({ timezoneId: ZONE, locale: 'en-GB' });
    const page = await other.newPage();
    await page.goto(visit.house.url);
    await page.getByRole('textbox', { name: 'Name' }).fill(NAME);
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Mark as watched: Slow Horses, S1 · E2 · Work Drinks' }).click();
    await shows('Next up', 'S1 · E3 ·');
    await page.getByRole('button', { name: 'Undo' }).click();
    await shows('Next up', 'S1 · E2 ·');
    await other.close();
  });

  test('moves a position, fills the history and the lists of opinions', async () => {
    await shelf.leave('Paddington', 70);
    await shows('Continue watching', '30 min left');
    await shelf.watch('Flow', new Date().toISOString());
    await shows('History', 'Flow');
    await shelf.api('PUT', `/items/${shelf.ids.Arrival}/watchlist`);
    await shows('My lists', 'Arrival');
    await shelf.api('PUT', `/items/${shelf.ids.Paddington}/dropped`);
    await shows('Continue watching', 'You are not in the middle of anything');
  });

  test('keeps what it shows when the server does not answer, and says so', async () => {
    const list = '**/me/continue-watching*';
    await visit.page.route(list, (route) => route.abort());
    await shelf.leave('Paddington', 70);
    const section = visit.section('Continue watching');
    await section.getByRole('alert').waitFor();
    expect(await section.getByText('Paddington').count()).toBeGreaterThan(0);
    await visit.page.unroute(list);
    await section.getByRole('button', { name: 'Try again' }).click();
    await shows('Continue watching', '30 min left');
    expect(await section.getByRole('alert').count()).toBe(0);
    visit.complaints.length = 0;
  });

  test('keeps the focus and an open menu where they are', async () => {
    const more = visit.section('Continue watching').getByRole('button', { name: 'More for Paddington' });
    await more.focus();
    await shelf.leave('Paddington', 70);
    await shows('Continue watching', '30 min left');
    expect(await visit.page.locator(':focus').getAttribute('aria-label')).toBe('More for Paddington');

    await visit.page.keyboard.press('Enter');
    await visit.sheet.getByRole('button', { name: 'Rate …' }).click();
    await visit.sheet.getByRole('textbox').fill('Half a review');
    await shelf.leave('Paddington', 75);
    await shows('Continue watching', '25 min left');
    expect(await visit.sheet.getByRole('textbox').inputValue()).toBe('Half a review');
    await visit.page.keyboard.press('Escape');
    expect(await visit.page.locator(':focus').getAttribute('aria-label')).toBe('More for Paddington');
  });

  test('a row that goes leaves the focus to the one that takes its place', async () => {
    await shelf.leave('Flow', 40);
    await shows('Continue watching', 'Flow');
    await visit.section('Continue watching').getByRole('button', { name: 'More for Flow' }).focus();
    await shelf.api('PUT', `/items/${shelf.ids.Flow}/dropped`);
    await visit.section('Continue watching').getByText('Flow').waitFor({ state: 'detached' });
    expect(await visit.page.locator(':focus').getAttribute('aria-label')).toBe('Mark as watched: Paddington');
  });

  test('what was shown by “Show more” stays shown, with the focus', async () => {
    for (let count = 1; count <= 5; count++) await shelf.film(`Film ${count}`);
    await visit.page.reload();
    const rows = visit.section('New').getByRole('listitem');
    await visit.section('New').getByRole('button', { name: 'Show more' }).click();
    await visit.section('New').getByText('Slow Horses').waitFor();
    expect(await rows.count()).toBe(8);
    await visit.section('New').getByRole('button', { name: 'More for Slow Horses' }).focus();
    await shelf.watch('Film 3', new Date().toISOString());
    await visit.section('New').getByText('Film 3', { exact: true }).waitFor({ state: 'detached' });
    expect(await rows.count()).toBe(7);
    expect(await visit.page.locator(':focus').getAttribute('aria-label')).toBe('More for Slow Horses');
  });

  test('many changes at once are one or two refreshes', async () => {
    await shows('New', 'Flow');
    const refreshes = asked('/me/continue-watching');
    const begun = Date.now();
    for (let minutes = 51; minutes <= 89; minutes++) await shelf.leave('Paddington', minutes);
    await shows('Continue watching', '11 min left');
    const seconds = (Date.now() - begun) / 1000;
    expect(refreshes.length).toBeGreaterThan(0);
    expect(refreshes.length).toBeLessThanOrEqual(Math.ceil(seconds) + 1);
  });

  test('asks for nothing while nobody looks, and catches up from where it was', async () => {
    const streams = asked('/api/v1/events');
    const lists = asked('/me/continue-watching');
    const hungUp = visit.page.waitForEvent('requestfailed', (request) => request.url().endsWith('/events'));
    await hide(true);
    await hungUp;
    const before = lists.length;
    await shelf.leave('Paddington', 80);
    expect(await visit.section('Continue watching').getByText('50 min left').count()).toBe(1);
    expect(lists.length).toBe(before);
    await hide(false);
    await shows('Continue watching', '20 min left');
    expect(streams).toHaveLength(1);
    expect(streams[0]?.headers()['last-event-id']).toMatch(/./);
  });

  test('goes on after a cut, from the event that it had last', async () => {
    await shelf.leave('Paddington', 60);
    await shows('Continue watching', '40 min left');
    const streams = asked('/api/v1/events');
    await visit.context.setOffline(true);
    await shelf.leave('Paddington', 65);
    await hide(true);
    await visit.context.setOffline(false);
    await hide(false);
    await shows('Continue watching', '35 min left');
    expect(streams.at(-1)?.headers()['last-event-id']).toMatch(/./);
  });

  test('falls silent with the session, wherever that was ended', async () => {
    const streams = asked('/api/v1/events');
    const { items } = await shelf.api<{ items: { deviceUserId: number; name: string }[] }>('GET', '/me/devices');
    expect(items.map(({ name }) => name)).toContain('Chrome on Linux');
    await visit.page.evaluate("fetch('/api/v1/session', { method: 'DELETE' })");
    await visit.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(streams).toHaveLength(0);

    const again = followed();
    await visit.signIn();
    await again;
    await shelf.leave('Paddington', 85);
    await shows('Continue watching', '15 min left');
    expect(streams).toHaveLength(1);
    expect(streams[0]?.headers()['last-event-id']).toBeUndefined();
  });
});
