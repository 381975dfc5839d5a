import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { systemClock } from '#kernel/clock.ts';
import { invalid } from '#kernel/errors.ts';
import { asId, type MediaItemId } from '#kernel/ids.ts';
import type { Services } from '../app.ts';
import { print, say } from './output.ts';
import { createProgress } from './progress.ts';
import { type Session, withServices } from './session.ts';

interface ScanOptions {
  kind?: 'movies' | 'series';
  library?: string;
  force?: boolean;
}

export const addLibraryCommands = (program: Command): void => {
  const library = program.command('library').description('libraries and folders of media files');
  library
    .command('scan')
    .argument('<folder>')
    .description('read a folder of video files into the catalog; again: what changed there')
    .addOption(new Option('--kind <kind>', 'what it holds; guessed by default').choices(['movies', 'series']))
    .option('--library <id>', 'the id of the library that it goes to; by default the first of its kind')
    .option('--force', 'believe that most of its files were deleted on purpose')
    .action((folder: string, options: ScanOptions, command: Command) =>
      withServices(command, (session) => scan(session, folder, options)),
    );
};

const scan = async ({ services, signal }: Session, folder: string, options: ScanOptions): Promise<void> => {
  const progress = await createProgress(systemClock);
  const { id } = await services.scan.addFolder(resolve(folder), {
    libraryId: libraryOf(options.library),
    kind: options.kind,
  });
  const report = await services.scan
    .scan(id, {
      signal,
      force: options.force ?? false,
      onProgress: ({ phase, done, total }) => progress.show(phase, done, total),
    })
    .finally(() => progress.end());
  tell(report);
};

const libraryOf = (given: string | undefined): MediaItemId | undefined => {
  if (given === undefined) return undefined;
  if (!/^[1-9]\d{0,14}$/.test(given)) throw invalid('--library takes the id of a library, a number.');
  return asId<MediaItemId>(Number(given));
};

const tell = ({ faults, faultCount, ambiguities, ...counts }: Awaited<ReturnType<Services['scan']['scan']>>): void => {
  for (const { path, message } of faults) say(`${path}: ${message}`);
  if (faultCount > faults.length) say(`… and ${faultCount - faults.length} more faults.`);
  for (const { path, title, reason } of ambiguities) say(`${path}: "${title}" may be of several items: ${reason}`);
  print(
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', '),
  );
};
