import { keepTags } from '#access/tags.ts';
import type { Reader, Transaction } from '#database/database.ts';
import { type Fault, invalid } from '#kernel/errors.ts';
import { asId, type MediaItemId, type StreamSourceId, type TagId } from '#kernel/ids.ts';
import type { Grants } from '#kernel/viewer.ts';
import type { GrantsPatch } from './types.ts';

/**
 * Grants with a patch laid over them: names of tags become tags, made where they are new; what else is named must exist.
 * @throws AppError `invalid` that names what does not exist, and tags that are both allowed and blocked
 */
export const patchGrants = async (tx: Transaction, grants: Grants, patch: GrantsPatch): Promise<Grants> => {
  await refuseUnknown(tx, patch);
  const patched: Grants = {
    libraries: patch.libraries === undefined ? grants.libraries : asIds(patch.libraries),
    streamSources: patch.streamSources === undefined ? grants.streamSources : asIds(patch.streamSources),
    maxRatingLevel: patch.maxRatingLevel === undefined ? grants.maxRatingLevel : patch.maxRatingLevel,
    allowUnrated: patch.allowUnrated ?? grants.allowUnrated,
    allowedTags: await tagsOr(tx, patch.allowedTags, grants.allowedTags),
    blockedTags: (await tagsOr(tx, patch.blockedTags, grants.blockedTags)) ?? [],
  };
  const twice = patched.blockedTags.filter((tag) => patched.allowedTags?.includes(tag));
  if (twice.length > 0) {
    throw invalid('A tag cannot be both allowed and blocked.', [
      { path: 'grants.blockedTags', message: 'has a tag that is also allowed' },
    ]);
  }
  return patched;
};

const asIds = <I extends number>(ids: number[] | null): I[] | null => ids?.map((one) => asId<I>(one)) ?? null;

const refuseUnknown = async (db: Reader, patch: GrantsPatch): Promise<void> => {
  const libraries = asIds<MediaItemId>(patch.libraries ?? []) ?? [];
  const sources = asIds<StreamSourceId>(patch.streamSources ?? []) ?? [];
  const faults = [
    ...missing('libraries', libraries, libraries.length === 0 ? [] : await librariesAmong(db, libraries)),
    ...missing('streamSources', sources, sources.length === 0 ? [] : await streamSourcesAmong(db, sources)),
  ];
  if (faults.length > 0) throw invalid('The grants name something that does not exist.', faults);
};

const librariesAmong = (db: Reader, ids: MediaItemId[]) =>
  db.selectFrom('libraries').select('item_id as id').where('item_id', 'in', ids).execute();

const streamSourcesAmong = (db: Reader, ids: StreamSourceId[]) =>
  db.selectFrom('stream_sources').select('id').where('id', 'in', ids).execute();

const missing = (field: string, ids: number[], found: { id: number }[]): Fault[] =>
  ids.flatMap((id, index) =>
    found.some((row) => row.id === id) ? [] : [{ path: `grants.${field}.${index}`, message: 'does not exist' }],
  );

const tagsOr = async (
  tx: Transaction,
  names: string[] | null | undefined,
  kept: TagId[] | null,
): Promise<TagId[] | null> => (names === undefined ? kept : names === null ? null : keepTags(tx, names));
