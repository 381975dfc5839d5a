// @ts-check
import { ask, Refusal } from './api.js';
import { byId, make } from './dom.js';
import { emptyForm, onSubmit } from './form.js';
import { asKind, kinds, ways } from './kinds.js';
import { chosenServer, clearSignIn } from './plex-sign-in.js';
import { scheduleField } from './schedule.js';

/** @typedef {import('./shapes.js').Server} Server */

const form = byId('connect-form', HTMLFormElement);
const details = byId('connect', HTMLDetailsElement);
const working = byId('connect-working', HTMLElement);
const kind = byId('connect-kind', HTMLSelectElement);
const way = byId('connect-way', HTMLSelectElement);
const address = byId('connect-address', HTMLInputElement);
const schedule = scheduleField('connect-when', '17 * * * *');

/** What to do with a server that was connected. @type {(server: Server, warnings: string[]) => void} */
let connected = () => {};

/** @param {(server: Server, warnings: string[]) => void} react */
export const onConnected = (react) => {
  connected = react;
};

/** Opens the form and leads to it. */
export const openConnect = () => {
  details.open = true;
  kind.focus();
};

export const clearConnect = () => {
  emptyForm(form);
  clearSignIn();
  schedule.clear();
  details.open = false;
  showKind();
};

/** The ways to sign in differ by kind. */
const showKind = () => {
  const of = kinds[asKind(kind.value)];
  way.replaceChildren(...of.ways.map((one) => make('option', { value: one }, ways[one])));
  byId('connect-ways', HTMLElement).hidden = of.ways.length < 2;
  address.placeholder = of.example;
  showWay();
};

/** Only what has to be filled in is shown. */
const showWay = () => {
  const of = kinds[asKind(kind.value)];
  const chosen = of.ways.find((one) => one === way.value) ?? 'password';
  byId('connect-how', HTMLElement).textContent = of.how[chosen] ?? '';
  byId('connect-plex', HTMLElement).hidden = chosen !== 'sign-in';
  byId('connect-key', HTMLElement).hidden = chosen !== 'key';
  byId('connect-person', HTMLElement).hidden = chosen !== 'password';
  if (chosen !== 'sign-in') clearSignIn();
};

kind.replaceChildren(...Object.entries(kinds).map(([value, { label }]) => make('option', { value }, label)));
byId('connect-schedule', HTMLElement).append(schedule.field);
kind.addEventListener('change', showKind);
way.addEventListener('change', showWay);
showKind();

onSubmit(form, async (values) => {
  const { label } = kinds[asKind(kind.value)];
  const credentials = credentialsOf(values);
  working.hidden = false;
  byId('connect-step', HTMLElement).textContent = `Asking ${label} who it is …`;
  try {
    const { client, warnings } = await ask('POST', '/clients', {
      kind: kind.value,
      address: values.address,
      ...credentials,
      schedule: schedule.told(),
      ...(values.name?.trim() ? { name: values.name } : {}),
    });
    clearConnect();
    connected(client, warnings);
  } finally {
    working.hidden = true;
  }
});

/**
 * What was filled in for the way that is chosen; what stands in hidden fields does not count.
 * @param {Record<string, string>} values
 */
const credentialsOf = ({ userName, password, token }) => {
  if (way.value === 'key') return token ? { token } : {};
  if (way.value === 'password') return { ...(userName ? { userName } : {}), ...(password ? { password } : {}) };
  const signIn = chosenServer();
  if (signIn) return { signIn };
  throw new Refusal(400, { code: 'invalid', message: 'Sign in with Plex first, and choose a server.' });
};
