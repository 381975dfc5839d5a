// Makes the pictures in docs/screenshots: node scripts/screenshots.ts
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { noBrowser, startBrowser } from '../test/e2e/web-browser.ts';
import { startHouse, type WebHouse } from '../test/e2e/web-house.ts';
import { connectJellyfin, photographServer, startJellyfin } from './screenshots-server.ts';

const FOLDER = fileURLToPath(new URL('../docs/screenshots/', import.meta.url));
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NAME = 'Ada';
const PASSWORD = 'a password for pictures';
const ZONE = 'Europe/London';

type Add = (item: { kind: string; title: string } & Record<string, unknown>) => Promise<number>;
type Watch = (id: number, hoursAgo: number, minutes: number, of: number) => Promise<void>;

/** Makes a household over the API: a few films and series, begun and watched in the last days. */
const furnish = async (house: WebHouse): Promise<string> => {
  await house.setUp(NAME, PASSWORD, ZONE);
  const token = await house.tokenFor(NAME, PASSWORD, 'Living room');
  const add: Add = async (item) => (await house.api<{ id: number }>(token, 'POST', '/items', item)).id;
  const watch: Watch = async (id, hoursAgo, minutes, of) => {
    const at = new Date(Date.now() - hoursAgo * HOUR).toISOString();
    const report = { positionMs: minutes * MINUTE, durationMs: of * MINUTE, at, event: 'stop' };
    await house.api(token, 'PUT', `/items/${id}/progress`, report);
  };
  await watchFilms(add, watch);
  await watchSeries(add, watch);
  await add({ kind: 'movie', title: 'Flow', year: 2024 });
  return token;
};

const watchFilms = async (add: Add, watch: Watch): Promise<void> => {
  const film = (title: string, year: number, minutes: number) =>
    add({ kind: 'movie', title, year, runtimeMs: minutes * MINUTE });
  await watch(await film('Arrival', 2016, 116), 74, 112, 116);
  await watch(await film('The Grand Budapest Hotel', 2014, 99), 30, 41, 99);
  await watch(await film('Paddington 2', 2017, 103), 3, 62, 103);
};

const watchSeries = async (add: Add, watch: Watch): Promise<void> => {
  const horses = await series(add, 'Slow Horses', 2022, 1, 48, [
    "Failure's Contagious",
    'Work Drinks',
    'Bad Tradecraft',
    'Visiting Hours',
  ]);
  const severance = await series(add, 'Severance', 2022, 1, 50, ['Good News About Hell', 'Half Loop', 'In Perpetuity']);
  const office = await series(add, 'Detectorists', 2014, 1, 29, ['Episode One', 'Episode Two', 'Episode Three']);
  for (const [index, id] of horses.slice(0, 2).entries()) await watch(id, 52 - index, 47, 48);
  await watch(severance[0] ?? 0, 28, 49, 50);
  await watch(severance[1] ?? 0, 5, 18, 50);
  await watch(office[0] ?? 0, 27, 28, 29);
};

const series = async (
  add: Add,
  title: string,
  year: number,
  seasonNumber: number,
  minutes: number,
  episodes: string[],
): Promise<number[]> => {
  const parent = await add({ kind: 'series', title, year });
  const season = await add({ kind: 'season', title: `Season ${seasonNumber}`, parentId: parent, seasonNumber });
  const ids: number[] = [];
  for (const [index, name] of episodes.entries()) {
    const place = { parentId: season, episodeNumber: index + 1, runtimeMs: minutes * MINUTE };
    ids.push(await add({ kind: 'episode', title: name, ...place }));
  }
  return ids;
};

const photograph = async (house: WebHouse, token: string): Promise<void> => {
  const browser = await startBrowser();
  const viewport = { width: 1120, height: 900 };
  const page = await browser.newPage({ viewport, locale: 'en-GB', timezoneId: ZONE });
  await page.goto(house.url);
  await page.getByRole('textbox', { name: 'Name' }).fill(NAME);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Paddington 2').first().waitFor();
  await page.getByText('Detectorists').first().waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: `${FOLDER}home-${colorScheme}.png` });
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: `${FOLDER}home-phone.png` });
  await page.setViewportSize(viewport);
  await photographTheServer(page, house, token);
  await browser.close();
};

const photographTheServer = async (page: Page, house: WebHouse, token: string): Promise<void> => {
  const jellyfin = await startJellyfin();
  try {
    const id = await connectJellyfin(house, token, jellyfin);
    await photographServer(page, house, id, FOLDER);
  } finally {
    await jellyfin.close();
  }
};

if (noBrowser) {
  console.error(noBrowser);
  process.exitCode = 1;
} else {
  await mkdir(FOLDER, { recursive: true });
  const house = await startHouse();
  try {
    await photograph(house, await furnish(house));
  } finally {
    await house.stop();
  }
}
