import { describe, expect, test } from 'vitest';
import { asId, type MediaItemId } from '#kernel/ids.ts';
import { normalAddress } from './address.ts';
import { createCredentials } from './credentials.ts';
import { suspiciousLoss } from './loss.ts';
import type { RemoteItem } from './media-server.ts';
import { type KnownCopy, sameCopy } from './same-copy.ts';

describe('addresses', () => {
  test.each([
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    [' HTTP://Kodi.local:80/ ', 'http://kodi.local'],
    ['192.168.1.5:8080', 'http://192.168.1.5:8080'],
    ['https://home.example/kodi//', 'https://home.example/kodi'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('%s is kept as %s', (given, kept) => expect(normalAddress(given)).toBe(kept));

  test.each([
    '',
    'ftp://kodi',
    'http://',
    'http://kodi:secret@host',
    'http://host/?a=1',
    'javascript:alert(1)',
    'http://a b',
  ])('%j is refused', (given) =>
    expect(() => normalAddress(given)).toThrow(expect.objectContaining({ code: 'invalid' })),
  );
});

describe('credentials', () => {
  const credentials = createCredentials(Buffer.alloc(32, 7));

  test('open what they sealed, and never seal alike', () => {
    const sealed = credentials.seal('pässword');
    expect(credentials.open(sealed)).toBe('pässword');
    expect(credentials.seal('pässword')).not.toBe(sealed);
    expect(sealed).not.toContain('ssword');
  });

  test('refuse what was changed, and what another key sealed', () => {
    const sealed = credentials.seal('secret');
    const flipped = `${sealed.slice(0, -1)}${sealed.endsWith('A') ? 'B' : 'A'}`;
    expect(() => credentials.open(flipped)).toThrow('damaged');
    expect(() => credentials.open('nothing')).toThrow('damaged');
    expect(() => createCredentials(Buffer.alloc(32, 8)).open(sealed)).toThrow('another secret key');
    expect(() => createCredentials(Buffer.alloc(16))).toThrow('32 bytes');
    const changed = createCredentials(Buffer.alloc(32, 8), Buffer.alloc(32, 7));
    expect(changed.open(sealed)).toBe(credentials.open(sealed));
    expect(changed.isPresent(sealed)).toBe(false);
    expect(changed.isPresent(changed.seal('x'))).toBe(true);
  });
});

describe('a loss', () => {
  const movies = (known: number, missing: number) => ({ kind: 'movie' as const, known, missing });

  test.each([
    [[movies(100, 0)], false],
    [[movies(100, 10)], false],
    [[movies(100, 11)], true],
    [[movies(1000, 50)], false],
    [[movies(1000, 51)], true],
    [[movies(1, 1)], true],
    [[movies(8, 8), { kind: 'episode' as const, known: 900, missing: 0 }], true],
    [[movies(40, 8), { kind: 'episode' as const, known: 40, missing: 8 }], true],
    [[{ kind: 'series' as const, known: 1, missing: 1 }, movies(10, 0)], false],
  ])('%j: suspicious %s', (losses, suspicious) => expect(suspiciousLoss(losses) !== undefined).toBe(suspicious));
});

describe('an id that was known', () => {
  const item = (more: Partial<KnownCopy['item']> = {}) => ({
    parentId: null,
    rootId: null,
    seasonNumber: null,
    episodeNumber: null,
    externalIds: [],
    ...more,
  });
  const known = (more: Partial<KnownCopy> = {}): KnownCopy => ({
    title: 'Alien',
    year: 1979,
    path: '/alien.mkv',
    decided: false,
    item: item(),
    ...more,
  });
  const state = { watched: false, playCount: 0, lastPlayedAt: null, position: null };
  const movie = (title: string, path: string, imdb?: string, year = 1979): RemoteItem => ({
    kind: 'movie',
    remoteId: 'movie:1',
    path,
    facts: { title, year, externalIds: imdb ? [{ provider: 'imdb', value: imdb }] : [] },
    state,
  });
  const withId = item({ externalIds: [{ provider: 'imdb', value: 'tt1' }] });

  test.each<[string, KnownCopy, RemoteItem, boolean]>([
    ['moved', known(), movie('Alien', '/other.mkv'), true],
    ['renamed', known(), movie('Alien: Director’s Cut', '/alien.mkv'), true],
    ['both: it is something else', known(), movie('Aliens', '/aliens.mkv'), false],
    ['the same id under another name and place', known({ item: withId }), movie('Das Ding', '/x.mkv', 'tt1'), true],
    [
      'another id in the same place: its match was corrected',
      known({ item: withId }),
      movie('Alien', '/alien.mkv', 'tt2'),
      false,
    ],
    ['a remake', known(), movie('Alien', '/remake.mkv', undefined, 2030), false],
    [
      'decided by a person, whatever its ids',
      known({ item: withId, decided: true }),
      movie('Alien', '/alien.mkv', 'tt2'),
      true,
    ],
  ])('movie: %s', (_, before, told, same) => expect(sameCopy(before, told, undefined)).toBe(same));

  test('an episode is its number in its series', () => {
    const series = asId<MediaItemId>(5);
    const before = known({ item: item({ rootId: series, seasonNumber: 1, episodeNumber: 2 }) });
    const told = (episodeNumber: number): RemoteItem => ({
      kind: 'episode',
      remoteId: 'episode:1',
      parentRemoteId: 'series:1',
      path: '/x',
      facts: { title: 'Another name', seasonNumber: 1, episodeNumber, externalIds: [] },
      state,
    });
    expect(sameCopy(before, told(2), series)).toBe(true);
    expect(sameCopy(before, told(3), series)).toBe(false);
    expect(sameCopy(before, told(2), asId<MediaItemId>(6))).toBe(false);
    expect(sameCopy(before, told(2), undefined)).toBe(false);
  });
});
