import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { Outside } from '#app.ts';
import { startBrowser } from './web-browser.ts';
import { startHouse, type WebHouse } from './web-house.ts';

export const NAME = 'Ada';
export const PASSWORD = 'correct horse battery';
/** Where the browser is, and everybody who makes their account with it. */
export const ZONE = 'Asia/Tokyo';

/** Somebody at the page of a house of their own, and what they see of it. */
export interface Visit {
  browser: Browser;
  house: WebHouse;
  context: BrowserContext;
  page: Page;
  /** What the browser complains of; must be empty when the visit ends. */
  complaints: string[];
  section(name: string): Locator;
  /** The dialog that is open. */
  readonly sheet: Locator;
  readonly notice: Locator;
  press(name: string | RegExp): Promise<void>;
  signIn(name?: string, password?: string): Promise<void>;
  /** Opens the menu of an entry. */
  more(section: string, name: string): Promise<void>;
  /** Opens the menu of an entry and takes this of it. */
  choose(section: string, name: string, what: string): Promise<void>;
}

/**
 * A visit for each test of the block that this stands in.
 * @param outside what is put in the place of vendors' own hosts
 */
export const visiting = (outside: () => Outside | Promise<Outside> = () => ({})): Visit => {
  const visit = {} as Visit;
  beforeAll(async () => {
    visit.browser = await startBrowser();
  });
  afterAll(() => visit.browser?.close());
  beforeEach(async () => {
    const house = await startHouse(await outside());
    const context = await visit.browser.newContext({ timezoneId: ZONE, locale: 'en-GB' });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    Object.defineProperties(visit, Object.getOwnPropertyDescriptors(handsAt(page)));
    Object.assign(visit, { house, context, page, complaints: complaintsOf(page) });
    await page.goto(house.url);
  });
  afterEach(async () => {
    await visit.context.close();
    await visit.house.stop();
    expect(visit.complaints).toEqual([]);
  });
  return visit;
};

const handsAt = (page: Page) => {
  const more = (section: string, name: string) =>
    page
      .getByRole('region', { name: section, exact: true })
      .getByRole('button', { name: `More for ${name}`, exact: true })
      .first()
      .click();
  return {
    section: (name: string) => page.getByRole('region', { name, exact: true }),
    sheet: page.getByRole('dialog'),
    notice: page.locator('#notice'),
    press: (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click(),
    signIn: async (name = NAME, password = PASSWORD) => {
      await page.getByRole('textbox', { name: 'Name' }).fill(name);
      await page.getByRole('textbox', { name: 'Password' }).fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
    },
    more,
    choose: async (section: string, name: string, what: string) => {
      await more(section, name);
      await page.getByRole('dialog').getByRole('button', { name: what, exact: true }).click();
    },
  };
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
