import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FakeKodi, startFakeKodi } from '../support/kodi/fake.ts';
import { noBrowser, startBrowser } from './web-browser.ts';
import { startHouse, type WebHouse } from './web-house.ts';

const NAME = 'Ada';
const PASSWORD = 'correct horse battery';
const MINUTE = 60_000;

if (noBrowser) console.log(`The web page is not tested: ${noBrowser}.`);

describe.skipIf(noBrowser)('the web page', () => {
  let browser: Browser;
  let house: WebHouse;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    house = await startHouse();
    context = await browser.newContext({ timezoneId: 'Asia/Tokyo', locale: 'en-GB' });
    context.setDefaultTimeout(10_000);
    page = await context.newPage();
    complaints = complaintsOf(page);
    await page.goto(house.url);
  });
  afterEach(async () => {
    await context.close();
    await house.stop();
    expect(complaints).toEqual([]);
  });

  const text = (name: string | RegExp) => page.getByText(name);
  const field = (name: string) => page.getByRole('textbox', { name });
  const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
  const heading = (name: string) => page.getByRole('heading', { name });
  const section = (name: string) => page.getByRole('region', { name });

  const firstRun = async () => {
    await field('Your name').fill(NAME);
    await field('Password').first().fill(PASSWORD);
    await field('Password again').fill(PASSWORD);
    await press('Make the account');
    await heading('Nothing is here yet').waitFor();
  };
  const signIn = async (name: string, password: string) => {
    await field('Name').fill(name);
    await field('Password').fill(password);
    await press('Sign in');
  };

  test('makes the first account, once both passwords are the same', async () => {
    await field('Your name').fill(NAME);
    await field('Password').first().fill(PASSWORD);
    await field('Password again').fill('something else');
    await press('Make the account');
    await text('The two passwords are not the same.').waitFor();
    expect(await page.locator(':focus').getAttribute('id')).toBe('setup-again');
    expect(await field('Your name').inputValue()).toBe(NAME);

    await field('Password again').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await heading('Nothing is here yet').waitFor();
    await text(NAME).waitFor();
    await page.reload();
    await heading('Nothing is here yet').waitFor();
  });

  test('tells what is wrong with a password that is too short, beside its field', async () => {
    await field('Your name').fill(NAME);
    await field('Password').first().fill('short');
    await field('Password again').fill('short');
    await press('Make the account');
    await page.locator('#setup-password[aria-invalid=true]').waitFor();
    expect(await page.locator('#setup-password-fault').innerText()).toMatch(/^Password .*8/);
  });

  test('signs out and in again; a wrong password is told and nothing typed is lost', async () => {
    await firstRun();
    await press('Sign out');
    await signIn(NAME, 'not the password');
    expect(await page.getByRole('alert').innerText()).toMatch(/wrong|not right|do not/i);
    expect(await field('Name').inputValue()).toBe(NAME);
    await signIn(NAME, PASSWORD);
    await heading('Nothing is here yet').waitFor();
  });

  test('can be used with the keyboard alone', async () => {
    await firstRun();
    await press('Sign out');
    await heading('Sign in').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type(NAME);
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await heading('Nothing is here yet').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Connect your Kodi');
    await page.keyboard.press('Enter');
    expect(await page.locator(':focus').getAttribute('id')).toBe('connect-address');
  });

  test('says that the server is away, and keeps what was typed', async () => {
    await firstRun();
    await press('Connect your Kodi');
    await field('Address').fill('http://192.168.1.20:8080');
    await context.setOffline(true);
    await press('Connect and import');
    await text('The server does not answer. Nothing you typed is lost').waitFor();
    expect(await field('Address').inputValue()).toBe('http://192.168.1.20:8080');
    complaints.length = 0;
    await context.setOffline(false);
  });

  test('gives the reason when Kodi cannot be reached', async () => {
    await firstRun();
    await press('Connect your Kodi');
    await field('Address').fill('http://127.0.0.1:9');
    await field('User name').fill('kodi');
    await press('Connect and import');
    const alert = page.locator('#connect-form .fault');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('127.0.0.1:9');
    expect(await field('User name').inputValue()).toBe('kodi');
  });

  test('fits a small telephone without scrolling sideways', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await firstRun();
    await press('Connect your Kodi');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });

  test('leads to the API reference', async () => {
    await firstRun();
    for (const name of ['API reference', 'OpenAPI document']) {
      const address = await page.getByRole('link', { name }).getAttribute('href');
      expect((await fetch(new URL(address ?? '', house.url))).status).toBe(200);
    }
  });

  describe('with a Kodi', () => {
    let kodi: FakeKodi;
    let token: string;

    beforeEach(async () => {
      kodi = await startFakeKodi();
      fillKodi(kodi);
      await firstRun();
      await press('Connect your Kodi');
      await field('Address').fill(kodi.address);
      await field('User name').fill('kodi');
      await field('Password').last().fill(kodi.password);
      await field('What you call it').fill('Lounge');
      await press('Connect and import');
      await section('Media servers')
        .getByText(/\d+ entries read/)
        .waitFor();
      token = await house.tokenFor(NAME, PASSWORD, 'Test');
    });
    afterEach(() => kodi.close());

    const itemId = async (kind: string, title: string): Promise<number> => {
      const { items } = await house.api<{ items: { id: number; kind: string; title: string }[] }>(
        token,
        'GET',
        `/search?q=${encodeURIComponent(title)}`,
      );
      const found = items.find((item) => item.kind === kind && item.title === title);
      if (!found) throw new Error(`There is no ${kind} ${title}.`);
      return found.id;
    };

    test('shows what came from it, and why something is next', async () => {
      await section('Continue watching').getByText('Paddington').waitFor();
      expect(await section('Continue watching').getByRole('progressbar').getAttribute('value')).toBe(
        String(50 * MINUTE),
      );
      await section('Continue watching').getByText('50 min left').waitFor();
      const next = section('Next up').getByRole('listitem');
      expect(await next.innerText()).toMatch(
        /Slow Horses\s+S1 · E2 · Work Drinks\s+You watched S1 · E1 .* on Lounge\./,
      );
      await section('Media servers').getByText('Lounge').waitFor();
    });

    test('marks as watched, and takes it back', async () => {
      await section('Next up')
        .getByRole('button', { name: /Mark as watched: Slow Horses, S1 · E2/ })
        .click();
      await section('Next up').getByText('S1 · E3').waitFor();
      expect(await page.locator(':focus').textContent()).toBe('Undo');
      await page.keyboard.press('Enter');
      await section('Next up').getByText('S1 · E2 ·').waitFor();
      await page.locator('#notice').getByText('is as it was before').waitFor();
    });

    test('gives back the position too', async () => {
      await press(/Mark as watched: Paddington/);
      await section('Continue watching').getByText('You are not in the middle of anything').waitFor();
      await press('Undo');
      await section('Continue watching').getByText('50 min left').waitFor();
    });

    test('drops and snoozes, and takes it back; tells what is new; keeps the history to a title', async () => {
      await section('Continue watching').getByText('More').click();
      await press('Drop: Paddington');
      await section('Continue watching').getByText('You are not in the middle of anything').waitFor();
      await press('Undo');
      await section('Continue watching').getByText('50 min left').waitFor();
      await section('Next up').getByText('More').click();
      await press('Snooze until a new episode: Slow Horses');
      await section('Next up').getByText('Nothing waits for you').waitFor();
      await press('Undo');
      await section('Next up').getByText('S1 · E2 ·').waitFor();

      const { libraryId } = await house.api<{ libraryId: number }>(
        token,
        'GET',
        `/items/${await itemId('movie', 'Arrival')}`,
      );
      await section('New').getByText('Nothing new.').waitFor();
      await house.api(token, 'POST', '/items', { kind: 'movie', libraryId, title: 'Flow' });
      await page.reload();
      await section('New').getByText('Flow', { exact: true }).waitFor();
      await section('History').getByText('Slow Horses').first().waitFor();
      await section('History').getByRole('searchbox', { name: 'Title' }).fill('nobody');
      await page.keyboard.press('Enter');
      await section('History').getByText('You watched nothing of that kind or title.').waitFor();
      await section('History').getByRole('searchbox', { name: 'Title' }).fill('slow');
      await page.keyboard.press('Enter');
      await section('History').getByText('Slow Horses').first().waitFor();
    });

    test('tells how long was watched', async () => {
      const id = await itemId('movie', 'Arrival');
      const report = { positionMs: 110 * MINUTE, durationMs: 116 * MINUTE, event: 'stop' };
      await house.api(token, 'PUT', `/items/${id}/progress`, report);
      await page.reload();
      await section('Statistics')
        .getByText(/Something watched \d+ days? in a row/)
        .waitFor();
      await section('Statistics')
        .getByText(/The last 30 days: .*h/)
        .waitFor();
      expect(await section('Statistics').locator('.bars').first().getByRole('listitem').count()).toBe(30);
    });

    test('tells history by the days of the browser’s zone', async () => {
      const id = await itemId('movie', 'Arrival');
      // 00:30 on the 4th in Tokyo.
      const report = { positionMs: 110 * MINUTE, durationMs: 116 * MINUTE, at: '2026-05-03T15:30:00Z', event: 'stop' };
      await house.api(token, 'PUT', `/items/${id}/progress`, report);
      await page.reload();
      await section('History').getByText('Arrival').waitFor();
      const days = await section('History').getByRole('heading', { level: 3 }).allInnerTexts();
      expect(days).toContain('Monday, 4 May 2026');
      const line = section('History').getByRole('listitem').filter({ hasText: 'Arrival' });
      expect(await line.innerText()).toMatch(/0?0:30.*Arrival.*watched/s);
    });

    test('another user sees nothing of it, not even what the page held before', async () => {
      const bea = { name: 'Bea', password: 'another good password', role: 'user', grants: { libraries: [] } };
      await house.api(token, 'POST', '/users', bea);
      await press('Sign out');
      await signIn(bea.name, bea.password);
      await heading('Nothing is here yet').waitFor();
      expect(await page.locator('body').innerText()).not.toMatch(/Paddington|Slow Horses|Lounge|Media servers/);
      expect(await page.content()).not.toMatch(/Paddington|Slow Horses|Lounge/);
    });

    test('a session that has ended leads back to the door and keeps what was typed', async () => {
      await page.locator('#connect summary').click();
      await field('Address').fill('http://192.168.1.21:8080');
      await context.clearCookies();
      await press('Connect and import');
      await heading('Sign in').waitFor();
      await signIn(NAME, PASSWORD);
      await section('Media servers').waitFor();
      expect(await field('Address').inputValue()).toBe('http://192.168.1.21:8080');
    });
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

/** What the browser complains about: faults of scripts, and what the content policy keeps out. Refusals by the API are expected. */
const complaintsOf = (page: Page): string[] => {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      complaints.push(message.text());
    }
  });
  return complaints;
};
