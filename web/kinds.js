// @ts-check

/** @typedef {import('./shapes.js').Server['kind']} Kind */
/** @typedef {'key' | 'password' | 'sign-in'} Way how to sign in at a server */

/**
 * What the page tells of each sort of media server.
 * @type {Record<Kind, { label: string, ways: Way[], example: string, how: Partial<Record<Way, string>> }>}
 */
export const kinds = {
  jellyfin: {
    label: 'Jellyfin',
    ways: ['key', 'password'],
    example: 'http://192.168.1.20:8096',
    how: {
      key: 'Make a key in Jellyfin: Dashboard → API Keys. With it everyone on the server can be linked.',
      password: 'With the name and password of an administrator everyone can be linked, else that person alone.',
    },
  },
  emby: {
    label: 'Emby',
    ways: ['key', 'password'],
    example: 'http://192.168.1.20:8096',
    how: {
      key: 'Make a key in Emby: Settings → API Keys. With it everyone on the server can be linked.',
      password: 'With the name and password of an administrator everyone can be linked, else that person alone.',
    },
  },
  plex: {
    label: 'Plex',
    ways: ['sign-in', 'key'],
    example: 'http://192.168.1.20:32400',
    how: {
      'sign-in': 'You sign in on a page of Plex and allow it there; your password stays between you and Plex.',
      key: 'For who knows the token of their server.',
    },
  },
  kodi: {
    label: 'Kodi',
    ways: ['password'],
    example: 'http://192.168.1.20:8080',
    how: {
      password:
        'In Kodi, open Settings → Services → Control, allow remote control via HTTP, and set a user name and a password. Fill in here what it shows.',
    },
  },
  subsonic: {
    label: 'Subsonic or Navidrome',
    ways: ['password', 'key'],
    example: 'http://192.168.1.20:4533',
    how: {
      password: 'Servers that speak the Subsonic API: Navidrome, Supysonic, Gonic, mStream and others.',
      key: 'For OpenSubsonic servers that have API keys.',
    },
  },
};

/** @type {Record<Way, string>} */
export const ways = {
  key: 'With a key',
  password: 'With a user name and a password',
  'sign-in': 'On the page of Plex',
};

/**
 * The only place where a kind comes as text of a control.
 * @param {string} value
 * @returns {Kind}
 */
export const asKind = (value) => /** @type {Kind} */ (value in kinds ? value : 'jellyfin');
