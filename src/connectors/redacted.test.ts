import { expect, test } from 'vitest';
import { redacted } from './redacted.ts';

test.each([
  ['http://a/rest/ping?u=ada&t=26719a1196&s=c19b2d&v=1', 'http://a/rest/ping?u=ada&t=…&s=…&v=1'],
  ['http://a/x?p=enc:7365&f=json', 'http://a/x?p=…&f=json'],
  ['/x?X-Plex-Token=abc#here', '/x?X-Plex-Token=…#here'],
  ['GET /x?ApiKey=1&api_key=2&apiKey=3 failed', 'GET /x?ApiKey=…&api_key=…&apiKey=… failed'],
  ['http://ada:pw@host/x', 'http://…@host/x'],
  ['/x?title=a&pages=3&user=t', '/x?title=a&pages=3&user=t'],
])('%s', (text, shown) => {
  expect(redacted(text)).toBe(shown);
});
