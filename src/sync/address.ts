import { invalid } from '#kernel/errors.ts';

/**
 * Brings the address of a media server into the one form it is kept in: `http` or `https`, host in lower case, no user
 * name or password in it, no query, no slash at its end. Without a scheme, http is meant: `192.168.1.5:8080`.
 * @throws AppError `invalid`
 */
export const normalAddress = (text: string): string => {
  const trimmed = text.trim();
  const url = parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`);
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') {
    throw wrong('is not an address such as http://192.168.1.5:8080');
  }
  if (url.username !== '' || url.password !== '') {
    throw wrong('must not hold a user name or password; give them by themselves');
  }
  if (url.search !== '' || url.hash !== '') throw wrong('must not hold a ? or #');
  return `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`;
};

const parse = (text: string): URL | undefined => {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
};

const wrong = (message: string) => invalid(`The address ${message}.`, [{ path: 'address', message }]);
