// @ts-check

const KEY = 'leftoff.device';

/**
 * What this browser tells of itself when somebody signs in: two tablets of one make are two devices, each with a mode of
 * its own, so each keeps a random key.
 * @returns {{ key: string, name: string, kind: 'browser' }}
 */
export const thisDevice = () => ({ key: deviceKey(), name: deviceName(), kind: 'browser' });

const deviceKey = () => {
  try {
    const known = localStorage.getItem(KEY);
    if (known) return known;
    const made = randomKey();
    localStorage.setItem(KEY, made);
    return made;
  } catch {
    // A browser that keeps nothing is a new device each time.
    return randomKey();
  }
};

// Not crypto.randomUUID: it is there only on https and on localhost.
const randomKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** @type {[RegExp, string][]} */
const BROWSERS = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrom(?:e|ium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
/** @type {[RegExp, string][]} */
const SYSTEMS = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS/, 'Mac'],
  [/Linux|X11/, 'Linux'],
];

const deviceName = () => {
  const agent = navigator.userAgent;
  /** @param {[RegExp, string][]} list */
  const named = (list) => list.find(([pattern]) => pattern.test(agent))?.[1];
  const browser = named(BROWSERS) ?? 'Browser';
  const system = named(SYSTEMS);
  return system ? `${browser} on ${system}` : browser;
};
