import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noBrowser } from './web-browser.ts';
import { type Attic, connectAttic, link, startAttic } from './web-servers-shelf.ts';
import { visiting } from './web-visit.ts';

describe.skipIf(noBrowser)('the webhook of a media server on the page', () => {
  const visit = visiting();

  let attic: Attic;
  const part = () => visit.section('Webhook');

  beforeEach(async () => {
    attic = await startAttic();
    await connectAttic(visit, attic);
    await link(visit, 'Ada');
  });
  afterEach(() => attic.jellyfin.close());

  test('has an address; what is sent there is told with its outcome and can be read again', async () => {
    const { page, sheet, notice, press } = visit;
    await press('Make an address');
    const address = await part().getByLabel('Address to send to').inputValue();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v1\/webhooks\/.{20,}/);
    await visit.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await press('Copy');
    await notice.getByText(/Copied\.|copy it with the keyboard/).waitFor();

    const [film] = attic.jellyfin.shelf.items;
    if (!film) throw new Error('No film.');
    expect(await attic.jellyfin.sendWebhook(address, { type: 'UserDataSaved', user: attic.ada, item: film })).toBe(202);
    await fetch(address, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'nonsense' });
    await press('Look again');
    await expect
      .poll(() => part().getByRole('listitem').allInnerTexts(), { timeout: 15_000 })
      .toMatchObject([expect.stringMatching(/^not understood/), expect.stringMatching(/^looked into/)]);

    await part()
      .getByRole('button', { name: /^Show the delivery/ })
      .first()
      .click();
    await sheet.getByText('nonsense').waitFor();
    await page.keyboard.press('Escape');
    await part()
      .getByRole('button', { name: /^Read the delivery .* again/ })
      .first()
      .click();
    await notice.getByText('It is read again.').waitFor();

    await press('Make a new one');
    await expect.poll(() => part().getByLabel('Address to send to').inputValue()).not.toBe(address);
    expect((await fetch(address, { method: 'POST', body: 'x' })).status).toBeGreaterThanOrEqual(400);
    await part().getByRole('button', { name: 'Remove', exact: true }).click();
    await part().getByRole('button', { name: 'Make an address' }).waitFor();
  });
});
