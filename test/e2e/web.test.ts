import { describe, expect, test } from 'vitest';
import { noBrowser } from './web-browser.ts';
import { firstRun } from './web-first-run.ts';
import { NAME, PASSWORD, visiting } from './web-visit.ts';

if (noBrowser) console.log(`The web page is not tested: ${noBrowser}.`);

describe.skipIf(noBrowser)('the web page', () => {
  const visit = visiting();

  const text = (name: string | RegExp) => visit.page.getByText(name);
  const field = (name: string) => visit.page.getByRole('textbox', { name });
  const heading = (name: string) => visit.page.getByRole('heading', { name });

  test('makes the first account, once both passwords are the same', async () => {
    await field('Your name').fill(NAME);
    await field('Password').first().fill(PASSWORD);
    await field('Password again').fill('something else');
    await visit.press('Make the account');
    await text('The two passwords are not the same.').waitFor();
    expect(await visit.page.locator(':focus').getAttribute('id')).toBe('setup-again');
    expect(await field('Your name').inputValue()).toBe(NAME);

    await field('Password again').fill(PASSWORD);
    await visit.page.keyboard.press('Enter');
    await heading('Nothing is here yet').waitFor();
    await text(NAME).waitFor();
    await visit.page.reload();
    await heading('Nothing is here yet').waitFor();
  });

  test('tells what is wrong with a password that is too short, beside its field', async () => {
    await field('Your name').fill(NAME);
    await field('Password').first().fill('short');
    await field('Password again').fill('short');
    await visit.press('Make the account');
    await visit.page.locator('#setup-password[aria-invalid=true]').waitFor();
    expect(await visit.page.locator('#setup-password-fault').innerText()).toMatch(/^Password .*8/);
  });

  test('signs out and in again; a wrong password is told and nothing typed is lost', async () => {
    await firstRun(visit);
    await visit.press('Sign out');
    await visit.signIn(NAME, 'not the password');
    expect(await visit.page.getByRole('alert').innerText()).toMatch(/wrong|not right|do not/i);
    expect(await field('Name').inputValue()).toBe(NAME);
    await visit.signIn(NAME, PASSWORD);
    await heading('Nothing is here yet').waitFor();
  });

  test('can be used with the keyboard alone', async () => {
    await firstRun(visit);
    await visit.press('Sign out');
    await heading('Sign in').waitFor();
    await visit.page.keyboard.press('Tab');
    await visit.page.keyboard.type(NAME);
    await visit.page.keyboard.press('Tab');
    await visit.page.keyboard.type(PASSWORD);
    await visit.page.keyboard.press('Enter');
    await heading('Nothing is here yet').waitFor();
    await visit.page.keyboard.press('Tab');
    expect(await visit.page.locator(':focus').textContent()).toBe('Connect a media server');
    await visit.page.keyboard.press('Enter');
    expect(await visit.page.locator(':focus').getAttribute('id')).toBe('connect-kind');
  });

  test('says that the server is away, and keeps what was typed', async () => {
    await firstRun(visit);
    await visit.press('Connect a media server');
    await field('Address').fill('http://192.168.1.20:8080');
    await visit.context.setOffline(true);
    await visit.press('Connect and import');
    // The lists may say so too, where they were being read.
    const told = visit.page.getByRole('region', { name: 'Media servers' }).getByRole('alert');
    await told.getByText('The server does not answer. Nothing you typed is lost').waitFor();
    expect(await field('Address').inputValue()).toBe('http://192.168.1.20:8080');
    visit.complaints.length = 0;
    await visit.context.setOffline(false);
  });

  test('gives the reason when Kodi cannot be reached', async () => {
    await firstRun(visit);
    await visit.press('Connect a media server');
    await visit.page.getByLabel('What it is').selectOption('kodi');
    await field('Address').fill('http://127.0.0.1:9');
    await field('User name').fill('kodi');
    await visit.press('Connect and import');
    const alert = visit.page.locator('#connect-form .fault');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('127.0.0.1:9');
    expect(await field('User name').inputValue()).toBe('kodi');
  });

  test('fits a small telephone without scrolling sideways', async () => {
    await visit.page.setViewportSize({ width: 320, height: 640 });
    await firstRun(visit);
    await visit.press('Connect a media server');
    expect(await visit.page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });

  test('leads to the API reference', async () => {
    await firstRun(visit);
    for (const name of ['API reference', 'OpenAPI document']) {
      const address = await visit.page.getByRole('link', { name }).getAttribute('href');
      expect((await fetch(new URL(address ?? '', visit.house.url))).status).toBe(200);
    }
  });
});
