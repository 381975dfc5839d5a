import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createJsonStream } from './json-stream.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
/**
 * Objects with what is hard to cut: braces and quotes in texts, letters of several bytes, objects in objects. Keys need no
 * escape: V8 14.6 itself mixes up keys of one escaped letter.
 */
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('"}', '\\"{', '😀}', '\\', '"'));
const message = fc.dictionary(
  fc.constantFrom('a', '}', '{', 'é', '😀'),
  fc.oneof(text, fc.array(text), fc.record({ '{': text, in: fc.record({ '}': fc.integer() }) })),
);

describe('a stream of JSON', () => {
  test('gives the same objects wherever it is cut', () => {
    const between = fc.constantFrom('', '\n', ' , ');
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 6 }),
        fc.array(fc.nat(), { maxLength: 30 }),
        between,
        (all, cuts, gap) => {
          const texts = all.map((one) => JSON.stringify(one));
          const sent = bytes(texts.join(gap));
          const places = [...new Set(cuts.map((cut) => cut % (sent.length + 1)))].sort((one, other) => one - other);
          const stream = createJsonStream(100_000);
          const pieces = [0, ...places].map((from, index) => sent.subarray(from, places[index] ?? sent.length));
          expect(pieces.flatMap((piece) => stream.take(piece))).toEqual(texts.map((text) => JSON.parse(text)));
        },
      ),
    );
  });

  test('passes over what is no JSON, and goes on', () => {
    const stream = createJsonStream(100);
    expect(stream.take(bytes('"} HTTP/1.1 {no: json}]{"a":1}'))).toEqual([{ a: 1 }]);
  });

  test('does not grow without end', () => {
    const stream = createJsonStream(100);
    expect(stream.take(bytes(`{"a":"${'x'.repeat(90)}"}`.repeat(5)))).toHaveLength(5);
    expect(stream.take(bytes('x'.repeat(500)))).toEqual([]);
    expect(() => stream.take(bytes(`{"a":"${'x'.repeat(101)}`))).toThrow(RangeError);
  });
});
