import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { noBrowser } from './web-browser.ts';
import { type Attic, connectAttic, FILMS, link, runEnds, startAttic, sync } from './web-servers-shelf.ts';
import { visiting } from './web-visit.ts';

describe.skipIf(noBrowser)('the page of a media server', () => {
  const visit = visiting();

  let attic: Attic;

  beforeEach(async () => {
    attic = await startAttic();
    await connectAttic(visit, attic);
  });
  afterEach(async () => {
    await attic.jellyfin.close();
    expect(attic.jellyfin.violations).toEqual([]);
  });

  const watchedThere = () =>
    attic.jellyfin.shelf.items.filter((item) => attic.jellyfin.shelf.state(attic.ada, item).played).length;

  test('links people, previews without changing anything, then syncs', async () => {
    const { page, section, press } = visit;
    await page.getByText('Nobody is linked yet').waitFor();
    await link(visit, 'Ada');
    await link(visit, 'Bea', 'shout');
    expect(await section('People').innerText()).toMatch(
      /Ada\s+is Ada here[\s\S]*Both ways\.[\s\S]*Bea\s+is Bea here[\s\S]*Only read from there\./,
    );

    await press('Preview');
    await runEnds(visit, 'Preview', 'done');
    const diff = section('What a sync would change');
    await diff.getByText('would be taken over from there').first().waitFor();
    expect(await diff.getByRole('listitem').count()).toBe(FILMS);
    expect(await diff.getByRole('listitem').first().innerText()).toMatch(
      /Movie \d+[\s\S]*Ada[\s\S]*not watched → [\s\S]*watched/,
    );
    await diff.getByRole('button', { name: 'From here to there' }).click();
    await diff.getByText('Nothing of that.').waitFor();
    expect(attic.jellyfin.writes()).toEqual([]);

    attic.jellyfin.faults.next('slow', { ms: 2500, on: /Items/, after: 1 });
    await press('Sync now');
    await section('Last run').getByRole('progressbar', { name: 'Sync' }).waitFor();
    await runEnds(visit, 'Sync', 'done');
    await section('Last run').getByText(`${FILMS} changes of what was watched`).waitFor();
    await page.getByRole('button', { name: /^Decisions of the sync/ }).click();
    await section('What was decided').getByText('taken over from there').first().waitFor();

    await page.getByRole('link', { name: 'All lists' }).click();
    await section('History').getByText('Movie 1', { exact: true }).waitFor();
    await section('Media servers').getByRole('link', { name: 'Attic' }).waitFor();
    await visit.choose('History', 'Movie 1', 'Why is this watched?');
    await visit.sheet.getByRole('heading', { name: 'Why “Movie 1” stands like this' }).waitFor();
    expect(await visit.sheet.innerText()).toMatch(
      /Attic[\s\S]*decides[\s\S]*On media servers\s+Ada on Attic \(both ways\)[\s\S]*Taken from Attic as Ada/,
    );
  });

  test('holds what vanished; rejected, it is written back', async () => {
    const { section, press } = visit;
    await link(visit, 'Ada');
    await sync(visit);
    const { shelf } = attic.jellyfin;
    for (const film of shelf.items) shelf.unwatch(attic.ada, film);
    await sync(visit, 'done, with changes held');
    const held = section('Waits for your word');
    await held.getByText(`${FILMS} changes of Attic were not taken over`).waitFor();
    expect(await held.getByRole('listitem').first().innerText()).toMatch(
      /Movie \d+\s+Ada · there\s+watched → [\s\S]*not watched/,
    );
    await press('Reject');
    await held.waitFor({ state: 'hidden' });
    await sync(visit);
    // By this run, or by a look that came before it.
    await vi.waitFor(() => expect(watchedThere()).toBe(FILMS), { timeout: 10_000 });
  });

  test('a server that is away fails with its reason; the links stay in sight', async () => {
    const { page, section } = visit;
    await link(visit, 'Ada');
    await attic.jellyfin.close();
    await sync(visit, 'failed');
    await section('Last run').getByText('The sync failed:').waitFor();
    await section('People').getByRole('alert').getByText(attic.jellyfin.url).waitFor();
    await section('People').getByText('is Ada here').waitFor();
    await page.getByRole('link', { name: 'All lists' }).click();
    await section('Media servers').getByText('The sync failed:').waitFor();
  });

  test('fits a small telephone, and goes by the keyboard', async () => {
    const { page } = visit;
    await page.setViewportSize({ width: 320, height: 640 });
    await page.getByRole('heading', { name: 'Attic', level: 1 }).focus();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    for (const name of ['Sync now', 'Preview', 'Import only', 'Link …', 'Link …', 'Decisions']) {
      await page.keyboard.press('Tab');
      expect(await page.locator(':focus').innerText()).toBe(name);
    }
    await page.keyboard.press('Enter');
    await visit.section('What was decided').getByText('new here').first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });

  test('holds what vanished; approved, it is taken over', async () => {
    const { section, press, page } = visit;
    await link(visit, 'Ada');
    await sync(visit);
    for (const film of attic.jellyfin.shelf.items) attic.jellyfin.shelf.unwatch(attic.ada, film);
    await sync(visit, 'done, with changes held');
    await page.getByRole('link', { name: 'All lists' }).click();
    await page.getByText(`${FILMS} changes of Attic wait for your word`).getByRole('link', { name: 'Attic' }).click();
    await press('Approve');
    await section('Waits for your word').waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: 'All lists' }).click();
    await section('Media servers').getByRole('link', { name: 'Attic' }).waitFor();
    await visit.choose('History', 'Movie 1', 'Why is this watched?');
    await visit.sheet
      .getByText(/not watched/)
      .first()
      .waitFor();
  });

  test('a link is changed, ended and made again', async () => {
    const { page, sheet, notice, section } = visit;
    await link(visit, 'Ada');
    await page.getByRole('button', { name: 'Change the link of Ada' }).click();
    await sheet.getByLabel('Which way').selectOption('quiet');
    await sheet.getByText('What is watched there stays there.').waitFor();
    await sheet.getByRole('button', { name: 'Save' }).click();
    await section('People').getByText('Only written there.').waitFor();
    await page.getByRole('button', { name: 'Unlink Ada' }).click();
    await page.getByRole('button', { name: 'Link Ada', exact: true }).waitFor();
    await notice.getByRole('button', { name: 'Undo' }).click();
    await section('People').getByText('Only written there.').waitFor();
  });

  test('has an address of its own, and the way back', async () => {
    const { page, section } = visit;
    await page.reload();
    await page.getByRole('heading', { name: 'Attic', level: 1 }).waitFor();
    await page.goBack();
    await section('Media servers').getByRole('link', { name: 'Attic' }).click();
    await page.getByRole('heading', { name: 'Attic', level: 1 }).waitFor();
    expect(page.url()).toMatch(/#server\/\d+$/);
    await visit.press('Sign out');
    expect(await page.content()).not.toContain('Attic');
    expect(page.url()).not.toContain('#server');
  });

  test('libraries are left out, settings changed, and the server removed', async () => {
    const { page, section, sheet, notice } = visit;
    await section('Libraries').getByLabel('Where Movies goes').selectOption({ label: 'Left out' });
    await notice.getByText('“Movies” is left out.').waitFor();
    await visit.press('Change …');
    await sheet.getByRole('textbox', { name: 'Name', exact: true }).fill('Loft');
    await sheet.getByLabel('When it is synced').selectOption({ label: 'Only when asked' });
    await sheet.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Loft', level: 1 }).waitFor();
    await page.getByText('Synced only when asked').waitFor();
    await visit.press('Remove …');
    await sheet.getByRole('button', { name: 'Remove', exact: true }).click();
    await notice.getByText('Loft is removed.').waitFor();
    expect(await section('Media servers').getByRole('link', { name: 'Loft' }).count()).toBe(0);
  });

  test('the address of another server is refused, and what was typed stays', async () => {
    const { sheet } = visit;
    await visit.press('Change …');
    await sheet.getByRole('textbox', { name: 'Address' }).fill('http://127.0.0.1:9');
    await sheet.getByRole('button', { name: 'Save' }).click();
    await sheet
      .getByRole('alert')
      .getByText(/127\.0\.0\.1:9/)
      .waitFor();
    expect(await sheet.getByRole('textbox', { name: 'Address' }).inputValue()).toBe('http://127.0.0.1:9');
  });

  test('is replaced by a rebuilt server after a look at what becomes of what', async () => {
    const { page, sheet } = visit;
    await link(visit, 'Ada');
    await sync(visit);
    attic.jellyfin.shelf.rebuild({ states: 'lost' });
    await visit.press('Replace by another server …');
    await sheet.getByRole('button', { name: 'Show what would happen' }).click();
    await sheet.getByText(`${FILMS} found again`).waitFor();
    await sheet.getByText('0 not there.').waitFor();
    await sheet.getByRole('button', { name: 'Replace it' }).click();
    await sheet.getByRole('heading', { name: 'Attic is replaced' }).waitFor();
    await page.keyboard.press('Escape');
    await sync(visit);
    expect(watchedThere()).toBe(FILMS);
  });
});
