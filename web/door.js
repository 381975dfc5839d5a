// @ts-check
import { ask, Refusal } from './api.js';
import { thisDevice } from './device.js';
import { byId } from './dom.js';
import { emptyForm, onSubmit } from './form.js';

const setupForm = byId('setup-form', HTMLFormElement);
const signInForm = byId('sign-in-form', HTMLFormElement);

/**
 * Makes the two doors work: the first account, and signing in.
 * @param {() => Promise<void>} entered what to do when somebody is signed in
 */
export const openDoors = (entered) => {
  onSubmit(setupForm, async ({ name, password, again }) => {
    if (password !== again) {
      const message = 'The two passwords are not the same.';
      throw new Refusal(400, { code: 'invalid', message, faults: [{ path: 'again', message: 'Type it again.' }] });
    }
    await makeAdmin(name, password);
    await enter(setupForm, entered);
  });
  onSubmit(signInForm, async ({ name, password }) => {
    await ask('POST', '/session', { name, password, device: thisDevice() });
    await enter(signInForm, entered);
  });
};

/**
 * Makes the first account, which signs in as well.
 * @param {string | undefined} name
 * @param {string | undefined} password
 */
const makeAdmin = async (name, password) => {
  try {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    await ask('POST', '/setup', { name, password, timeZone, device: thisDevice() });
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'conflict')) throw error;
    // Made already, perhaps by a former try whose answer was lost.
    await ask('POST', '/session', { name, password, device: thisDevice() });
  }
};

/**
 * @param {HTMLFormElement} form
 * @param {() => Promise<void>} entered
 */
const enter = async (form, entered) => {
  await entered();
  emptyForm(form);
};
