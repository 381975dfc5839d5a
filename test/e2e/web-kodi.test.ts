import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FakeKodi, startFakeKodi } from '../support/kodi/fake.ts';
import { noBrowser } from './web-browser.ts';
import { firstRun } from './web-first-run.ts';
import { NAME, PASSWORD, visiting } from './web-visit.ts';

const MINUTE = 60_000;

describe.skipIf(noBrowser)('the web page with a Kodi', () => {
  const visit = visiting();

  const field = (name: string) => visit.page.getByRole('textbox', { name });
  const heading = (name: string) => visit.page.getByRole('heading', { name });

  let kodi: FakeKodi;
  let token: string;

  beforeEach(async () => {
    kodi = await startFakeKodi();
    fillKodi(kodi);
    await firstRun(visit);
    await visit.press('Connect a media server');
    await visit.page.getByLabel('What it is').selectOption('kodi');
    await field('Address').fill(kodi.address);
    await field('User name').fill('kodi');
    await field('Password').last().fill(kodi.password);
    await field('What you call it').fill('Lounge');
    await visit.press('Connect and import');
    await heading('Lounge').waitFor();
    await visit
      .section('Last run')
      .getByText(/\d+ entries read, /)
      .waitFor();
    await visit.page.getByRole('link', { name: 'All lists' }).click();
    token = await visit.house.tokenFor(NAME, PASSWORD, 'Test');
  });
  afterEach(() => kodi.close());

  test('shows what came from it, and why something is next', async () => {
    await visit.section('Continue watching').getByText('Paddington').waitFor();
    expect(await visit.section('Continue watching').getByRole('progressbar').getAttribute('value')).toBe(
      String(50 * MINUTE),
    );
    await visit.section('Continue watching').getByText('50 min left').waitFor();
    const next = visit.section('Next up').getByRole('listitem');
    expect(await next.innerText()).toMatch(/Slow Horses\s+S1 · E2 · Work Drinks\s+You watched S1 · E1 .* on Lounge\./);
    await visit.section('Media servers').getByText('Lounge').waitFor();
  });

  test('does not call new what Kodi has had for long', async () => {
    await visit.section('New').getByText('Nothing new.').waitFor();
    await visit.house.api(token, 'POST', '/items', { kind: 'movie', title: 'Flow' });
    await visit.page.reload();
    await visit.section('New').getByText('Flow', { exact: true }).waitFor();
  });

  test('another user sees nothing of it, not even what the page held before', async () => {
    const bea = { name: 'Bea', password: 'another good password', role: 'user', grants: { libraries: [] } };
    await visit.house.api(token, 'POST', '/users', bea);
    await visit.press('Sign out');
    await visit.signIn(bea.name, bea.password);
    await heading('Nothing is here yet').waitFor();
    expect(await visit.page.locator('body').innerText()).not.toMatch(/Paddington|Slow Horses|Lounge|Media servers/);
    expect(await visit.page.content()).not.toMatch(/Paddington|Slow Horses|Lounge/);
  });

  test('a session that has ended leads back to the door and keeps what was typed', async () => {
    await visit.page.locator('#connect summary').click();
    await field('Address').fill('http://192.168.1.21:8080');
    await visit.context.clearCookies();
    await visit.press('Connect and import');
    await heading('Sign in').waitFor();
    await visit.signIn(NAME, PASSWORD);
    await visit.section('Media servers').waitFor();
    expect(await field('Address').inputValue()).toBe('http://192.168.1.21:8080');
  });
});

/** A film in the middle, a series of which the first episode was watched, and a film not touched. */
const fillKodi = (kodi: FakeKodi): void => {
  const { library } = kodi;
  kodi.timeZone = 'UTC';
  kodi.wallClock = new Date().toISOString().slice(0, 19).replace('T', ' ');
  const paddington = library.addMovie({
    title: 'Paddington',
    year: 2014,
    runtime: 100 * 60,
    ids: { imdb: 'tt1109624' },
  });
  library.addMovie({ title: 'Arrival', year: 2016, runtime: 116 * 60, ids: { imdb: 'tt2543164' } });
  const show = library.addShow({ title: 'Slow Horses', year: 2022, ids: { tvdb: '370112' } });
  const episodes = ["Failure's Contagious", 'Work Drinks', 'Bad Tradecraft'].map((title, index) =>
    library.addEpisode(show, 1, index + 1, { title, runtime: 48 * 60, firstaired: `2022-04-0${index + 1}` }),
  );
  library.stopAt('movie', paddington, 50 * 60);
  library.stopAt('episode', episodes[0] ?? 0, 47 * 60);
};
