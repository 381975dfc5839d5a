import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { filesIn, isTest } from './sources.ts';

const LONGEST_FILE = 300;
/** One list of every table's columns; it is long because the product is. */
const LONG_BY_NATURE = ['src/database/tables.ts'];
/** Where data from outside comes in. */
const DOORS = /^src\/(catalog|config|connectors|http|metadata|sync)\//;
const VAGUE = /(^|[/-])(utils?|common|helpers?|manager|misc|shared)([/.-]|$)/;

const sources = filesIn('src');
const programs = sources.filter((file) => !isTest(file));
const everything = [...sources, ...filesIn('test', 'bench', 'scripts', 'bin', 'web')];

const paths = (files: { path: string }[]): string[] => files.map((file) => file.path);

test(`no file of the program is longer than ${LONGEST_FILE} lines`, () => {
  const long = programs.filter((file) => file.text.split('\n').length > LONGEST_FILE);
  expect(paths(long).filter((path) => !LONG_BY_NATURE.includes(path))).toEqual([]);
});

test('files have plain names', () => {
  expect(paths(sources).filter((path) => VAGUE.test(path))).toEqual([]);
  expect(paths(sources).filter((path) => !/^[a-z0-9./-]+$/.test(path))).toEqual([]);
});

test('JSON from outside is checked with a schema where it is read', () => {
  const unchecked = programs.filter(
    ({ path, text }) => DOORS.test(path) && /JSON\.parse\(|\.json\(\)/.test(text) && !/from 'typebox/.test(text),
  );
  expect(paths(unchecked)).toEqual([]);
});

test('no file names a folder of the machine that it was written on', () => {
  const machine = new RegExp(`(["'\`\\s(])(/home/\\w+|/Users/[a-z]\\w*/|${homedir()}/|/${'work'}/)`);
  expect(paths(everything.filter((file) => machine.test(file.text)))).toEqual([]);
});

test('nothing is left for later', () => {
  const marks = new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')})\\b`);
  expect(paths(everything.filter((file) => marks.test(file.text)))).toEqual([]);
});

test('the clock and the environment are read in one place each', () => {
  const clocks = programs.filter(({ text }) => /\bDate\.now\(\)|new Date\(\)/.test(text));
  expect(paths(clocks)).toEqual(['src/kernel/clock.ts']);
  const environments = programs.filter(({ text }) => /process\.env\b/.test(text));
  expect(paths(environments)).toEqual(['src/config/environment.ts']);
});

test('the guards see the sources', () => {
  expect(programs.length).toBeGreaterThan(60);
});
