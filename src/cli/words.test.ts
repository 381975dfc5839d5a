import { CommanderError } from 'commander';
import { expect, onTestFinished, test, vi } from 'vitest';
import { AppError, invalid, unavailable } from '#kernel/errors.ts';
import { Interrupted, reportError } from './exit.ts';
import { createLogger } from './logger.ts';
import { table } from './output.ts';

/** What is written to a stream from now on. */
const heard = (stream: NodeJS.WriteStream): string[] => {
  const chunks: string[] = [];
  const spy = vi.spyOn(stream, 'write').mockImplementation((chunk) => {
    chunks.push(String(chunk));
    return true;
  });
  onTestFinished(() => spy.mockRestore());
  return chunks;
};

test.each([
  [invalid('Wrong.', [{ path: 'server.port', message: 'is high' }]), 2, 'leftoff: Wrong.\n  server.port: is high\n'],
  [unavailable('No disk.'), 1, 'leftoff: No disk.\n'],
  [new TypeError('oops'), 1, 'leftoff: oops\n'],
  [new Interrupted(), 130, 'Interrupted.\n'],
  [new CommanderError(1, 'commander.unknownOption', 'said already'), 2, ''],
  [new CommanderError(0, 'commander.help', 'said already'), 0, ''],
])('an error has its code and its words: %s', (error, code, words) => {
  const stderr = heard(process.stderr);
  expect(reportError(error, false)).toBe(code);
  expect(stderr.join('')).toBe(words);
});

test('--debug shows the trace, with what caused it', () => {
  const stderr = heard(process.stderr);
  expect(reportError(new AppError('unavailable', 'Outer.', { cause: new Error('inner') }), true)).toBe(1);
  expect(stderr.join('')).toMatch(/Outer\.\n +at [\s\S]*Caused by: Error: inner\n +at /);
});

test('a readable log line has its time, level, words and details, and no secret', () => {
  const stdout = heard(process.stdout);
  const logger = createLogger({ level: 'info', pretty: true }, 1);
  logger.debug({}, 'not shown');
  logger.info({ client: 'Den', password: 'hunter2', headers: { authorization: 'Basic x' } }, 'connected');
  logger.error({ err: new Error('broken') }, 'failed');
  expect(stdout).toHaveLength(2);
  expect(stdout[0]).toMatch(
    /^\d\d:\d\d:\d\d info {2}connected client=Den password=••• headers=\{"authorization":"•••"\}\n$/,
  );
  expect(stdout[1]).toMatch(/^\S+ error failed .*\n {2}Error: broken\n {4,}at /);
});

test('a table has columns as wide as their widest cell', () => {
  expect(
    table(
      ['ID', 'NAME'],
      [
        ['1', 'Ada'],
        ['22', ''],
      ],
    ),
  ).toBe('ID  NAME\n1   Ada\n22');
});
