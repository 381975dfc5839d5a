import type { Page } from 'playwright-core';
import type { WebHouse } from '../test/e2e/web-house.ts';
import { type FakeJellyfin, startFakeJellyfin } from '../test/support/fakes/jellyfin/start.ts';

const TITLES = ['Arrival', 'Paddington 2', 'The Grand Budapest Hotel', 'Flow', 'Past Lives', 'Aftersun', 'Columbus'];

/** A Jellyfin with films and two people, one of whom has lost what was watched there. */
export const startJellyfin = async (): Promise<FakeJellyfin> => {
  const jellyfin = await startFakeJellyfin({ name: 'Living room', checked: false });
  const ada = jellyfin.shelf.addUser({ name: 'Ada', admin: true });
  jellyfin.shelf.addUser({ name: 'Bea' });
  for (const [index, title] of TITLES.entries()) {
    const film = jellyfin.shelf.addMovie({ title, year: 2014 + index });
    jellyfin.shelf.watch(ada, film, Date.now() - (index + 1) * 86_400_000);
  }
  return jellyfin;
};

/** Connects it, links one of its people, syncs, and lets what they watched vanish there. */
export const connectJellyfin = async (house: WebHouse, token: string, jellyfin: FakeJellyfin): Promise<number> => {
  const api = <T>(method: string, path: string, body?: unknown) => house.api<T>(token, method, path, body);
  await api('POST', '/items', { kind: 'movie', title: 'Sabrina', year: 1954 });
  await api('POST', '/items', { kind: 'movie', title: 'Sabrina', year: 1954 });
  jellyfin.shelf.addMovie({ title: 'Sabrina', year: 1954 });
  const added = { kind: 'jellyfin', address: jellyfin.url, token: jellyfin.apiKey, name: 'Living room' };
  const { client } = await api<{ client: { id: number } }>('POST', '/clients', added);
  const at = `/clients/${client.id}`;
  const { user } = await api<{ user: { id: number } }>('GET', '/me');
  const [ada] = jellyfin.shelf.users;
  if (!ada) throw new Error('Nobody is there.');
  await api('POST', `${at}/accounts`, { remoteId: ada.id, userId: user.id });
  await api('POST', `${at}/webhook`);
  const sync = async () => {
    await api('POST', `${at}/sync`, {});
    await ended(() => api('GET', `${at}/runs?limit=1`));
  };
  await sync();
  for (const item of jellyfin.shelf.items) jellyfin.shelf.unwatch(ada, item);
  await sync();
  return client.id;
};

const ended = async (newest: () => Promise<{ items: { state: string }[] }>): Promise<void> => {
  while ((await newest()).items[0]?.state === 'running') await new Promise((resolve) => setTimeout(resolve, 200));
};

/** Photographs the server's page: as it opens, and whole, in both colours and on a telephone. */
export const photographServer = async (page: Page, house: WebHouse, id: number, folder: string): Promise<void> => {
  await page.goto(`${house.url}/#server/${id}`);
  await page.getByRole('region', { name: 'Waits for your word' }).waitFor();
  const entries = page.getByRole('region', { name: 'What entries are' });
  await entries.getByRole('button', { name: 'May be several' }).click();
  await entries.getByText('Sabrina').first().waitFor();
  await page.evaluate('window.scrollTo(0, 0)');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: `${folder}server-${colorScheme}.png` });
  }
};
