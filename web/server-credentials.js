// @ts-check
import { make } from './dom.js';
import { kinds } from './kinds.js';
import { fieldOf } from './part.js';

/** @typedef {import('./shapes.js').Server} Server */

/** @param {string} held */
export const addressField = (held) => {
  const input = make('input', {
    name: 'address',
    inputmode: 'url',
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: 'false',
    required: '',
    value: held,
  });
  return { field: fieldOf('change-address', 'Address', input), value: () => input.value.trim() };
};

/**
 * What it takes to sign in there, as far as servers of this kind take it. What is left empty stays as it is.
 * @param {Server} server
 */
export const credentialFields = ({ kind, userName }) => {
  const { ways } = kinds[kind];
  const user = make('input', { name: 'userName', autocomplete: 'off', maxlength: 200, value: userName ?? '' });
  const password = make('input', { name: 'password', type: 'password', autocomplete: 'off', maxlength: 500 });
  const token = make('input', { name: 'token', type: 'password', autocomplete: 'off', maxlength: 500 });
  return {
    fields: [
      ways.includes('password') ? fieldOf('change-user', 'User name', user) : null,
      ways.includes('password') ? fieldOf('change-password', 'Password', password, 'Empty: as it is.') : null,
      ways.includes('key') ? fieldOf('change-token', 'Key', token, 'Empty: as it is.') : null,
    ],
    told: () => ({
      ...(user.value === (userName ?? '') ? {} : { userName: user.value || null }),
      ...(password.value ? { password: password.value } : {}),
      ...(token.value ? { token: token.value } : {}),
    }),
  };
};
