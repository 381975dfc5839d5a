import { describe, expect, test } from 'vitest';
import { asId, type MediaItemId } from '#kernel/ids.ts';
import type { RemoteItem } from '../media-server.ts';
import { doubtOf, readDoubt, stillDecided, writeDoubt } from './doubt.ts';

const state = { watched: false, playCount: 0, lastPlayedAt: null, position: null };
const series: MediaItemId = asId(5);

const episode = (facts: object = {}, path: string | null = null): RemoteItem => ({
  kind: 'episode',
  remoteId: '1',
  parentRemoteId: 's',
  path,
  state,
  facts: {
    title: 'Pilot',
    seasonNumber: 1,
    episodeNumber: 2,
    externalIds: [{ provider: 'tvdb', value: '1' }],
    ...facts,
  },
});

const known = (more: object = {}) => ({
  title: 'Pilot',
  year: null,
  path: null,
  doubt: writeDoubt(doubtOf({ outcome: 'ambiguous', candidates: [], reason: 'x' }, episode(), series)),
  item: { parentId: asId<MediaItemId>(9), rootId: asId<MediaItemId>(8) },
  ...more,
});

describe('what is kept of an entry in doubt', () => {
  test('is what a person and the scores need, and is read back', () => {
    const doubt = doubtOf(
      { outcome: 'ambiguous', candidates: [asId(1)], reason: 'x', conflict: true },
      episode(),
      series,
    );
    expect(doubt).toEqual({
      reason: 'x',
      candidates: [1],
      conflict: true,
      facts: { externalIds: [{ provider: 'tvdb', value: '1' }], seasonNumber: 1, episodeNumber: 2, parentId: 5 },
    });
    expect(readDoubt(writeDoubt(doubt))).toEqual(doubt);
    expect(readDoubt(null)).toBeUndefined();
    expect(readDoubt('{"reason":1}')).toBeUndefined();
  });
});

describe('a decision holds', () => {
  test('while the entry tells the same of itself, whatever item was chosen', () => {
    expect(stillDecided(known(), episode({ overview: 'New' }), series)).toBe(true);
    expect(stillDecided(known(), episode({ title: 'PILOT' }), undefined)).toBe(true);
    expect(stillDecided(known({ path: '/a/1.mkv' }), episode({ title: 'Renamed' }, '/a/1.mkv'), series)).toBe(true);
    expect(stillDecided(known({ doubt: null }), episode(), asId(8))).toBe(true);
    expect(stillDecided(known({ item: null, doubt: null }), episode(), asId(8))).toBe(true);
  });

  test('not once its id stands for another work', () => {
    expect(stillDecided(known(), episode({ title: 'Other' }), series)).toBe(false);
    expect(stillDecided(known(), episode({ episodeNumber: 3 }), series)).toBe(false);
    expect(stillDecided(known(), episode(), asId(6))).toBe(false);
    expect(stillDecided(known({ year: 1990 }), episode({ year: 1991 }), series)).toBe(false);
  });
});
