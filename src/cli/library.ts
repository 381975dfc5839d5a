import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { systemClock, toIsoOrNull } from '#kernel/clock.ts';
import { invalid, notFound } from '#kernel/errors.ts';
import { asId, type MediaItemId, type ScanFolderId } from '#kernel/ids.ts';
import { LARGEST_PAGE } from '#kernel/page.ts';
import type { Services } from '../app.ts';
import { print, say, table } from './output.ts';
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
  library
    .command('folders')
    .description('the folders that are scanned')
    .action((_options, command: Command) => withServices(command, ({ services }) => list(services)));
  library
    .command('forget')
    .argument('<folder>', 'its path or id')
    .description('forget a folder: what lies nowhere else is retired, with its history kept')
    .action((folder: string, _options, command: Command) =>
      withServices(command, ({ services }) => forget(services, folder)),
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

const list = async (services: Services): Promise<void> => {
  const folders: string[][] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await services.scan.folders({ limit: LARGEST_PAGE, ...(cursor === undefined ? {} : { cursor }) });
    for (const { id, path, libraryKind, libraryId, scannedAt } of page.items)
      folders.push([String(id), path, `${libraryKind} (${libraryId})`, toIsoOrNull(scannedAt) ?? 'never']);
    if (page.next === null) break;
    cursor = page.next;
  }
  if (folders.length === 0) return print('No folder was scanned yet: leftoff library scan FOLDER');
  print(table(['ID', 'FOLDER', 'LIBRARY', 'SCANNED'], folders));
};

const forget = async (services: Services, given: string): Promise<void> => {
  const found =
    (await services.scan.folderAt(resolve(given))) ??
    (/^[1-9]\d{0,14}$/.test(given) ? await services.scan.folder(asId<ScanFolderId>(Number(given))) : undefined);
  if (!found) throw notFound(`A scan folder ${resolve(given)} (see: leftoff library folders)`);
  const { retired } = await services.scan.forget(found.id);
  print(`Forgot ${found.path}: retired ${retired}, history kept.`);
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
