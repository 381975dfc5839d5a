import { afterEach, describe, expect, test } from 'vitest';
import { type FakePlex, startFakePlex } from '../support/fakes/plex/start.ts';
import { noBrowser } from './web-browser.ts';
import { firstRun } from './web-first-run.ts';
import { runEnds, sync } from './web-servers-shelf.ts';
import { NAME, PASSWORD, visiting } from './web-visit.ts';

describe.skipIf(noBrowser)('the page with a Plex', () => {
  let plex: FakePlex;
  const visit = visiting(async () => {
    plex = await startFakePlex({ name: 'Attic' });
    return { plexTv: { site: plex.tv.url, clients: plex.tv.url, app: plex.tv.url } };
  });
  afterEach(() => plex.close());

  test('signs in on the page of Plex, chooses server and address, links by PIN', async () => {
    const { page, press, sheet, section } = visit;
    const ada = plex.people.owner;
    plex.people.add('Bea', 'home', { pin: '1234' });
    plex.watching.watch(ada, plex.shelf.addMovie({ title: 'Arrival', year: 2016, ids: { imdb: 'tt2543164' } }));
    await firstRun(visit);
    const token = await visit.house.tokenFor(NAME, PASSWORD, 'Test');
    await visit.house.api(token, 'POST', '/users', { name: 'Bea', password: 'another good password', role: 'user' });
    await press('Connect a media server');
    await page.getByLabel('What it is').selectOption('plex');
    const opened = visit.context.waitForEvent('page');
    await press('Sign in with Plex');
    const tab = await opened;
    await page.getByText('Waiting until you have allowed it').waitFor();
    expect(await page.getByRole('link', { name: 'Open the sign-in page of Plex' }).getAttribute('href')).toContain(
      plex.tv.url,
    );
    await tab.close();
    plex.allowPin(String(plex.pins[0]?.id), ada);
    await page.getByText('Signed in as Ada.').waitFor();
    expect(await page.getByLabel('Which server').innerText()).toBe('Attic');
    await page
      .getByRole('button', { name: /^Use http/ })
      .first()
      .waitFor();
    expect(await page.getByRole('textbox', { name: 'Address' }).inputValue()).toContain('127-0-0-1');
    await page.getByRole('textbox', { name: 'Address' }).fill(plex.url);
    await press('Connect and import');
    await page.getByRole('heading', { name: 'Attic', level: 1 }).waitFor();
    await runEnds(visit, 'Import', 'done');

    await section('People').getByText('is Ada here').waitFor();
    await page.getByRole('button', { name: 'Link Bea', exact: true }).click();
    expect(await sheet.getByLabel('Who that is here').locator('option:checked').innerText()).toBe('Bea');
    await sheet.getByLabel('PIN of Bea').fill('9999');
    await sheet.getByRole('button', { name: 'Link', exact: true }).click();
    await sheet.getByRole('alert').waitFor();
    await sheet.getByLabel('PIN of Bea').fill('1234');
    await sheet.getByRole('button', { name: 'Link', exact: true }).click();
    await page.getByRole('button', { name: 'Unlink Bea' }).waitFor();
    await sync(visit);
    await page.getByRole('link', { name: 'All lists' }).click();
    await section('History').getByText('Arrival').waitFor();
  });

  test('does not connect before somebody has signed in', async () => {
    const { page, press } = visit;
    await firstRun(visit);
    await press('Connect a media server');
    await page.getByLabel('What it is').selectOption('plex');
    await page.getByRole('textbox', { name: 'Address' }).fill(plex.url);
    await press('Connect and import');
    await page.getByText('Sign in with Plex first, and choose a server.').waitFor();
    expect(await page.getByRole('textbox', { name: 'Address' }).inputValue()).toBe(plex.url);
  });
});
