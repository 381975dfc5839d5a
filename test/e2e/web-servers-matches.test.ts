import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noBrowser } from './web-browser.ts';
import { type Attic, connectAttic, runEnds, startAttic } from './web-servers-shelf.ts';
import { visiting } from './web-visit.ts';

describe.skipIf(noBrowser)('the match workbench of the page', () => {
  const visit = visiting();

  let attic: Attic;
  let token: string;
  const section = () => visit.section('What entries are');
  const look = (state: string) => section().getByRole('button', { name: state, exact: true }).click();
  const decide = () => section().getByRole('button', { name: 'Decide what Twins is' }).click();

  beforeEach(async () => {
    attic = await startAttic();
    token = await connectAttic(visit, attic);
    for (const title of ['Twins', 'Twins', 'Doubles']) {
      await visit.house.api(token, 'POST', '/items', { kind: 'movie', title, year: 1988 });
    }
    attic.jellyfin.shelf.addMovie({ title: 'Twins', year: 1988 });
    await visit.press('Import only');
    await visit.section('Last run').getByText('1 left for you to decide').waitFor();
  });
  afterEach(() => attic.jellyfin.close());

  test('decides what an entry is, takes it back, and leaves it out', async () => {
    const { sheet, notice } = visit;
    await section().getByText('Every entry was found or made.').waitFor();
    await look('May be several');
    await decide();
    expect(await sheet.getByRole('button', { name: 'It is Twins (1988)' }).count()).toBe(2);
    expect(await sheet.innerText()).toMatch(/\d+ of 100: /);
    await sheet.getByRole('button', { name: 'It is Twins (1988)' }).first().click();
    await notice.getByText('“Twins” is Twins (1988).').waitFor();
    await section().getByText('No entry may be several of ours.').waitFor();
    await notice.getByRole('button', { name: 'Undo' }).click();
    await notice.getByText('is taken back').waitFor();

    await decide();
    await sheet.getByRole('button', { name: 'Leave it out of everything' }).click();
    await notice.getByText('“Twins” is left out.').waitFor();
    await look('Decided');
    await section().getByText('is left out').waitFor();
    await section().getByRole('button', { name: 'Take back: Twins' }).click();
    await section().getByText('Nobody decided on an entry.').waitFor();
  });

  test('finds another item, or makes a new one; a decision holds through the next run', async () => {
    const { sheet, notice } = visit;
    await look('May be several');
    await decide();
    await sheet.getByRole('searchbox', { name: 'Another item of ours' }).fill('Doubles');
    await visit.page.keyboard.press('Enter');
    await sheet.getByRole('button', { name: 'It is Doubles (1988)' }).click();
    await notice.getByText('“Twins” is Doubles (1988).').waitFor();
    await visit.press('Import only');
    await runEnds(visit, 'Import', 'done');
    await look('Decided');
    await section().getByText('is Doubles (1988)').waitFor();
    await decide();
    await sheet.getByRole('button', { name: 'None of ours: make it new' }).click();
    await notice.getByText('“Twins” is new here.').waitFor();
    await section().getByText('is Twins (1988)').waitFor();
  });
});
