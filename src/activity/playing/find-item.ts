import { normaliseExternalId } from '#catalog/external-id.ts';
import type { ExternalId } from '#catalog/incoming.ts';
import type { Reader } from '#database/database.ts';
import { type Fault, invalid, notFound } from '#kernel/errors.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { LeafKind } from '#kernel/media.ts';
import type { Grants } from '#kernel/viewer.ts';
import { episodeAt, itemsNamed, type NamedItem, type Place } from './item-query.ts';

/** How a player names what it plays: by our id, by ids of other providers, or by its place in a series that they name. */
export interface ItemName {
  itemId?: MediaItemId | undefined;
  externalIds?: readonly ExternalId[] | undefined;
  /** What the external ids name; a series where there is a place. */
  kind?: LeafKind | 'series' | undefined;
  seasonNumber?: number | undefined;
  episodeNumber?: number | undefined;
  absoluteNumber?: number | undefined;
}

/**
 * The item that is meant, as far as it may be seen.
 * @throws AppError `invalid` for a name that is not whole or means several items; `not_found`, telling what was looked for
 */
export const findItem = async (db: Reader, grants: Grants, name: ItemName): Promise<MediaItemId> => {
  const { itemId, externalIds } = name;
  const place = placeOf(name);
  if (itemId !== undefined && place) throw fault('itemId', 'names an episode by itself; leave out where it stands');
  if (externalIds === undefined) {
    if (itemId === undefined) throw fault('itemId', 'is missing; give it or externalIds');
    return itemId;
  }
  const found = await namedItem(db, grants, name, externalIds, place);
  if (itemId !== undefined && itemId !== found) {
    throw invalid('The item’s id and its external ids name different items.', [
      { path: 'externalIds', message: 'name another item than itemId' },
    ]);
  }
  return found;
};

const namedItem = async (
  db: Reader,
  grants: Grants,
  { kind: told }: ItemName,
  externalIds: readonly ExternalId[],
  place: Place | undefined,
): Promise<MediaItemId> => {
  const kind = told ?? (place ? 'series' : undefined);
  if (kind === undefined) throw fault('kind', 'is missing; say what the external ids name');
  if (place && kind !== 'series') throw fault('kind', 'must be series where a season or an episode number is given');
  if (!place && kind === 'series') throw fault('episodeNumber', 'is missing: which episode of the series?');
  const ids = usable(externalIds);
  const item = onlyOne(await itemsNamed(db, grants, kind, ids));
  if (item === undefined) throw notFound(`A ${kind} with ${ids.map(idText).join(' or ')}`);
  if (!place) return item;
  const episode = await episodeAt(db, grants, item, place);
  if (episode === undefined) throw notFound(`${placeText(place)} of the series with ${ids.map(idText).join(' or ')}`);
  return episode;
};

const placeOf = ({ seasonNumber, episodeNumber, absoluteNumber }: ItemName): Place | undefined => {
  if (seasonNumber !== undefined && episodeNumber !== undefined) {
    if (absoluteNumber !== undefined) throw fault('absoluteNumber', 'stands instead of season and episode number');
    return { seasonNumber, episodeNumber };
  }
  if (seasonNumber !== undefined) throw fault('episodeNumber', 'is missing beside seasonNumber');
  if (episodeNumber !== undefined) throw fault('seasonNumber', 'is missing beside episodeNumber; specials are in 0');
  return absoluteNumber === undefined ? undefined : { absoluteNumber };
};

/** Ids of a provider that we could not have are left out as long as there is another. */
const usable = (given: readonly ExternalId[]): ExternalId[] => {
  const ids = given.flatMap((id) => normaliseExternalId(id) ?? []);
  if (ids.length > 0) return ids;
  throw invalid(
    'None of these is an external id.',
    given.map((id, index) => ({ path: `externalIds.${index}`, message: `is no id of ${id.provider}` })),
  );
};

const onlyOne = (named: readonly NamedItem[]): MediaItemId | undefined => {
  const [first] = named;
  const other = named.find(({ itemId }) => itemId !== first?.itemId);
  if (!first || !other) return first?.itemId;
  throw invalid(
    `The external ids name different items: ${idText(first)} is item ${first.itemId}, ${idText(other)} is item ${other.itemId}.`,
    [{ path: 'externalIds', message: 'name different items' }],
  );
};

const idText = ({ provider, value }: ExternalId): string => `${provider} ${value}`;

const placeText = (place: Place): string =>
  'absoluteNumber' in place
    ? `Episode ${place.absoluteNumber}`
    : `Season ${place.seasonNumber} episode ${place.episodeNumber}`;

const fault = (path: string, message: string) => invalid(`${path} ${message}.`, [{ path, message } satisfies Fault]);
