import { NAME, PASSWORD, type Visit } from './web-visit.ts';

/** Makes the first account at the page. */
export const firstRun = async ({ page, press }: Visit): Promise<void> => {
  await page.getByRole('textbox', { name: 'Your name' }).fill(NAME);
  await page.getByRole('textbox', { name: 'Password' }).first().fill(PASSWORD);
  await page.getByRole('textbox', { name: 'Password again' }).fill(PASSWORD);
  await press('Make the account');
  await page.getByRole('heading', { name: 'Nothing is here yet' }).waitFor();
};
