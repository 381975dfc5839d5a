import Type from 'typebox';
import { toIso, toIsoOrNull } from '#kernel/clock.ts';
import type { MediaItemId, ScanFolderId } from '#kernel/ids.ts';
import { libraryKinds } from '#kernel/media.ts';
import { DEFAULT_PAGE, LARGEST_PAGE } from '#kernel/page.ts';
import { type Route, route } from '#kernel/route.ts';
import type { ScanFolder } from './folders-repository.ts';
import { LONGEST_LIST } from './report.ts';
import type { Scan } from './scan.ts';

const MAX_ID = Number.MAX_SAFE_INTEGER;
const strict = { additionalProperties: false } as const;
const id = <I extends number>(description: string) =>
  Type.Unsafe<I>(Type.Integer({ minimum: 1, maximum: MAX_ID, description }));
const count = (description: string) => Type.Integer({ minimum: 0, description });

const ScanFolderSchema = Type.Object(
  {
    id: id<ScanFolderId>('Id of the scan folder'),
    path: Type.String({ description: 'Where it is on the machine that runs the program' }),
    libraryId: id<MediaItemId>('The library that its finds go to where the kinds agree'),
    libraryKind: Type.Unsafe<ScanFolder['libraryKind']>(Type.Enum([...libraryKinds])),
    createdAt: Type.String({ format: 'date-time' }),
    scannedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
      description: 'When the newest scan began; null: never',
    }),
  },
  strict,
);

const ScanReportSchema = Type.Object(
  {
    files: count('Video files found'),
    unchanged: count('Files as they were'),
    changed: count('Files whose content changed under the same name'),
    moved: count('Files that were known elsewhere; they keep their items'),
    added: count('Items that are new'),
    matched: count('Items that were known and got a file'),
    renewed: count('Items whose NFO file was newer than the last scan'),
    retired: count('Items that went away with their last copy'),
    revived: count('Files that went away and came back'),
    ambiguous: count('Files that may be of several items; the next scan tries again'),
    faultCount: count('All faults; the list holds the first of them'),
    faults: Type.Array(Type.Object({ path: Type.String(), message: Type.String() }, strict), {
      maxItems: LONGEST_LIST,
    }),
    ambiguities: Type.Array(
      Type.Object(
        {
          path: Type.String(),
          title: Type.String(),
          reason: Type.String(),
          candidates: Type.Array(id<MediaItemId>('An item that it may be')),
        },
        strict,
      ),
      { maxItems: LONGEST_LIST },
    ),
  },
  strict,
);

const NewFolderSchema = Type.Object(
  {
    path: Type.String({
      minLength: 1,
      maxLength: 4000,
      description: 'An absolute path that exists where the program runs',
    }),
    libraryId: Type.Optional(id<MediaItemId>('The library to which its finds go where the kinds agree')),
    kind: Type.Optional(
      Type.Enum(['movies', 'series'], {
        description: 'What it mostly holds, instead of a library; left out: what its files look like',
      }),
    ),
  },
  strict,
);

const Params = Type.Object({ id: id<ScanFolderId>('Id of the scan folder') }, strict);

const Query = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LARGEST_PAGE, default: DEFAULT_PAGE })),
    cursor: Type.Optional(Type.String({ maxLength: 500 })),
  },
  strict,
);

export const scanRoutes = (scan: Scan): Route[] => [
  route({
    method: 'GET',
    path: '/scan-folders',
    permission: 'admin',
    tag: 'Catalog',
    summary: 'List the folders whose files are scanned',
    operationId: 'listScanFolders',
    query: Query,
    response: Type.Object(
      { items: Type.Array(ScanFolderSchema), next: Type.Union([Type.String(), Type.Null()]) },
      strict,
    ),
    handle: async ({ query: { limit = DEFAULT_PAGE, cursor } }) => {
      const page = await scan.folders({ limit, cursor });
      return { items: page.items.map(shown), next: page.next };
    },
  }),
  route({
    method: 'POST',
    path: '/scan-folders',
    permission: 'admin',
    tag: 'Catalog',
    summary:
      'Add a folder to be scanned; the same path again gives the one that is there, and is a conflict when another library or kind is asked for',
    operationId: 'addScanFolder',
    body: NewFolderSchema,
    response: ScanFolderSchema,
    status: 201,
    handle: async ({ body: { path, libraryId, kind } }) => shown(await scan.addFolder(path, { libraryId, kind })),
  }),
  route({
    method: 'DELETE',
    path: '/scan-folders/:id',
    permission: 'admin',
    tag: 'Catalog',
    summary:
      'Forget a folder: its files stay where they are, items without another copy are retired, all history is kept',
    operationId: 'forgetScanFolder',
    params: Params,
    status: 204,
    handle: async ({ params }) => {
      await scan.forget(params.id);
    },
  }),
  route({
    method: 'POST',
    path: '/scan-folders/:id/scan',
    permission: 'admin',
    tag: 'Catalog',
    summary: 'Scan a folder now; answers with the report when it is done',
    operationId: 'scanFolder',
    params: Params,
    query: Type.Object(
      {
        force: Type.Optional(
          Type.Boolean({ default: false, description: 'Believe that most of its files were deleted on purpose' }),
        ),
      },
      strict,
    ),
    response: ScanReportSchema,
    handle: ({ params, query: { force = false }, signal }) => scan.scan(params.id, { force, signal }),
  }),
];

const shown = ({ createdAt, scannedAt, ...folder }: ScanFolder) => ({
  ...folder,
  createdAt: toIso(createdAt),
  scannedAt: toIsoOrNull(scannedAt),
});
