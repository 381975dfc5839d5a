import { type FakeJellyfin, startFakeJellyfin } from '../support/fakes/jellyfin/start.ts';
import type { ShelfUser } from '../support/fakes/shelf.ts';
import { fillShelf } from '../support/fakes/shelf-fill.ts';
import { firstRun } from './web-first-run.ts';
import { NAME, PASSWORD, type Visit } from './web-visit.ts';

/** Films on it; more than a handful, so that losing all of them is not believed. */
export const FILMS = 12;

export interface Attic {
  jellyfin: FakeJellyfin;
  ada: ShelfUser;
  bea: ShelfUser;
}

/** A Jellyfin with some films and two people, of whom Ada has watched them all. */
export const startAttic = async (): Promise<Attic> => {
  const jellyfin = await startFakeJellyfin({ name: 'Attic' });
  const ada = jellyfin.shelf.addUser({ name: 'Ada', admin: true });
  const bea = jellyfin.shelf.addUser({ name: 'Bea' });
  fillShelf(jellyfin.shelf, { movies: FILMS });
  for (const film of jellyfin.shelf.items) jellyfin.shelf.watch(ada, film, Date.UTC(2025, 4, 3, 12));
  return { jellyfin, ada, bea };
};

/** Makes the first account, a second one, and connects the server by its key at the page. @returns a token of the first */
export const connectAttic = async (visit: Visit, { jellyfin }: Attic): Promise<string> => {
  const { page, press } = visit;
  await firstRun(visit);
  const token = await visit.house.tokenFor(NAME, PASSWORD, 'Test');
  await visit.house.api(token, 'POST', '/users', { name: 'Bea', password: 'another good password', role: 'user' });
  await press('Connect a media server');
  await page.getByLabel('What it is').selectOption('jellyfin');
  await page.getByRole('textbox', { name: 'Address' }).fill(jellyfin.url);
  await page.getByLabel('API key').fill(jellyfin.apiKey);
  await page.getByRole('textbox', { name: 'What you call it' }).fill('Attic');
  await press('Connect and import');
  await page.getByRole('heading', { name: 'Attic', level: 1 }).waitFor();
  await runEnds(visit, 'Import', 'done');
  return token;
};

/** Links an account with the person of the same name. */
export const link = async ({ page, sheet }: Visit, name: string, mode = 'loud'): Promise<void> => {
  await page.getByRole('button', { name: `Link ${name}`, exact: true }).click();
  await sheet.getByLabel('Which way').selectOption(mode);
  await sheet.getByRole('button', { name: 'Link', exact: true }).click();
  await page.getByRole('button', { name: `Unlink ${name}` }).waitFor();
};

/** Waits until the newest run is of this kind and has ended so. */
export const runEnds = ({ section }: Visit, kind: string, how: string): Promise<void> =>
  section('Last run')
    .getByText(new RegExp(`^${kind} .*: ${how}`))
    .waitFor();

/** Begins a sync and waits for its end, whatever ran before. */
export const sync = async (visit: Visit, how = 'done'): Promise<void> => {
  const begun = visit.page.waitForResponse((answer) => answer.url().endsWith('/sync') && answer.status() === 202);
  await visit.press('Sync now');
  await begun;
  await runEnds(visit, 'Sync', how);
};
