import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '#kernel/errors.ts';
import { decodeNfo, LARGEST_NFO, type NfoDocument, readNfo } from './nfo.ts';
import { baseName, folderOf, nfoPlaces, seriesNfoPlaces } from './nfo-places.ts';
import { parseReleaseName } from './release-name.ts';
import type { Walked } from './walk.ts';

/** What the NFO files of some videos tell. */
export interface NfoFiles {
  /** By the video's path. */
  own: Map<string, readonly NfoDocument[]>;
  /** By the path of the `tvshow.nfo`. */
  series: Map<string, readonly NfoDocument[]>;
  faults: { path: string; message: string }[];
}

/** Reads the NFO files that belong to these videos, each once. A broken one is told as a fault and counts as missing. */
export const readNfoFiles = async (root: string, walked: Walked, paths: readonly string[]): Promise<NfoFiles> => {
  const files: NfoFiles = { own: new Map(), series: new Map(), faults: [] };
  const read = readerOf(root, walked.nfos, files.faults);
  const isAlone = alonenessOf(walked);
  for (const path of paths) {
    for (const place of nfoPlaces(path, true)) {
      if (!walked.nfos.has(place) || (isShared(place) && !isAlone(folderOf(place)))) continue;
      const documents = (await read(place)).filter(({ kind }) => kind !== 'series' && kind !== 'season');
      if (documents.length === 0) continue;
      files.own.set(path, documents);
      break;
    }
    for (const place of seriesNfoPlaces(path).filter((one) => walked.nfos.has(one))) {
      const documents = await read(place);
      if (documents.length > 0) files.series.set(place, documents);
    }
  }
  return files;
};

const isShared = (place: string): boolean => baseName(place).toLowerCase() === 'movie.nfo';

const readerOf = (root: string, nfos: Walked['nfos'], faults: NfoFiles['faults']) => {
  const known = new Map<string, NfoDocument[]>();
  return async (place: string): Promise<NfoDocument[]> => {
    const before = known.get(place);
    if (before || !nfos.has(place)) return before ?? [];
    const documents = await readOne(join(root, place)).catch((error: unknown) => {
      faults.push({ path: place, message: messageOf(error) });
      return [];
    });
    known.set(place, documents);
    return documents;
  };
};

const readOne = async (path: string): Promise<NfoDocument[]> => {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    // One byte more than allowed is enough to see that it is too large.
    const bytes = Buffer.alloc(Math.min(size, LARGEST_NFO + 1));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    return readNfo(decodeNfo(bytes.subarray(0, bytesRead)));
  } finally {
    await file.close();
  }
};

/** Whether all videos right in a folder are one film, so that its `movie.nfo` is that film's. */
const alonenessOf = (walked: Walked) => {
  const byFolder = Map.groupBy(walked.files, ({ path }) => folderOf(path.replace(/\/(BDMV|VIDEO_TS)$/i, '/disc')));
  return (folder: string): boolean =>
    new Set((byFolder.get(folder) ?? []).map(({ path }) => parseReleaseName(baseName(path)).title.toLowerCase()))
      .size <= 1;
};
