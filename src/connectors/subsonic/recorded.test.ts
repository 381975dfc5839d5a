import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Shape } from '../exchange.ts';
import {
  Albums,
  Artists,
  Bookmarks,
  Envelope,
  Folders,
  Found,
  NowPlaying,
  OneAlbum,
  OneArtist,
  OneSong,
  OneUser,
  Starred,
  Users,
} from './answers.ts';

const folder = join(import.meta.dirname, '../../../../shared/fixtures/subsonic');
const sources = ['recorded-supysonic-0.7.2', 'opensubsonic-examples'];
const why = existsSync(folder) ? undefined : '../shared/fixtures/subsonic is not there';
if (why) console.log(`No recorded answers of Subsonic servers are read: ${why}.`);

const parts: Record<string, Shape<never>> = {
  albumList2: Albums,
  artists: Artists,
  bookmarks: Bookmarks,
  musicFolders: Folders,
  searchResult3: Found,
  nowPlaying: NowPlaying,
  album: OneAlbum,
  artist: OneArtist,
  song: OneSong,
  user: OneUser,
  starred2: Starred,
  users: Users,
} as unknown as Record<string, Shape<never>>;

/** Recordings hold what was asked beside the answer; examples are the answer, or a part of one. */
const answerOf = (file: string): Record<string, unknown> | undefined => {
  const read = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, unknown>>;
  const whole = read.response ?? read;
  return 'subsonic-response' in whole ? whole : undefined;
};

describe.skipIf(why).each(sources)('%s', (source) => {
  const names = why ? [] : readdirSync(join(folder, source)).filter((name) => name.endsWith('.json'));

  test.each(names)('%s', (name) => {
    const answer = answerOf(join(folder, source, name));
    if (!answer) return;
    expect(Envelope.check(answer) || Envelope.fault(answer)).toBe(true);
    const body = answer['subsonic-response'] as Record<string, unknown>;
    for (const [part, shape] of Object.entries(parts)) {
      if (part in body) expect(shape.check(body) || shape.fault(body)).toBe(true);
    }
  });
});
