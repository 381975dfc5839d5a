import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutList, type Fetch, PAGE, type Part, readLists } from './paging.ts';

const rowsOf = (length: number, list: number): string[] => Array.from({ length }, (_, index) => `${list}/${index}`);
const lengths = fc.array(fc.oneof(fc.nat(3), fc.nat(1300), fc.constantFrom(499, 500, 501, 1000)), { maxLength: 3 });

const gather = async (parts: Iterable<Part<string>> | AsyncIterable<Part<string>>) => {
  const rows: string[] = [];
  let last: Part<string> | undefined;
  for await (const part of parts) {
    expect(part.rows.length).toBeLessThanOrEqual(PAGE);
    expect(part.total).toBe(last?.total ?? part.total);
    rows.push(...part.rows);
    last = part;
  }
  return { rows, done: last?.done, total: last?.total };
};

test('all rows once and in order, from anywhere, however few a server gives at a time', async () => {
  const cases = fc.asyncProperty(lengths, fc.nat(2500), fc.integer({ min: 100, max: 600 }), async (all, from, most) => {
    const lists = all.map((length, index) => rowsOf(length, index));
    const fetches = lists.map(
      (rows): Fetch<string> =>
        async (offset, count) =>
          rows.slice(offset, offset + Math.min(count, most)),
    );
    const total = lists.flat().length;
    const expected = { rows: lists.flat().slice(from), done: total, total };
    expect(await gather(readLists(fetches, from, 'The server'))).toEqual(expected);
    expect(await gather(cutList(lists.flat(), from))).toEqual(expected);
  });
  await fc.assert(cases, { numRuns: 150 });
});

test('a list of 100,000 is counted with few requests', async () => {
  let asked = 0;
  const list: Fetch<number> = async (offset, count) => {
    asked++;
    return Array.from({ length: Math.max(0, Math.min(count, 100_000 - offset)) }, (_, index) => offset + index);
  };
  const first = await readLists([list], 0, 'The server').next();
  expect(first.value?.total).toBe(100_000);
  expect(asked).toBeLessThan(35);
});

test('a list that shrinks while it is read says so: it ends before its total', async () => {
  let length = 900;
  const list: Fetch<string> = async (offset, count) => rowsOf(length, 0).slice(offset, offset + count);
  const parts: Part<string>[] = [];
  for await (const part of readLists([list], 0, 'The server')) {
    parts.push(part);
    length = 500;
  }
  expect(parts.at(-1)).toMatchObject({ done: 500, total: 900 });
});

test('a server that does not look at the offset is found out', async () => {
  const always: Fetch<number> = async (_, count) => Array(count).fill(1);
  await expect(readLists([always], 0, 'The server').next()).rejects.toMatchObject({ fault: 'bad_answer' });
});
