/** The folder part of a path inside a scanned folder; empty for the scanned folder itself. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
export const join = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

const DISC = /(^|\/)(BDMV|VIDEO_TS)$/i;
const STACK_END = /[\s._-]*(?:cd|dis[ck]|dvd|pt|part)[\s._-]?\d{1,2}$/i;

/**
 * Where the NFO file of a video may lie, the nearest first: beside it under its name, under the name of its stack, as
 * `movie.nfo` (only asked of a folder that holds one film), and for a disc's folder in the folder around it.
 * @param alone whether the folder holds this film and no other
 */
export const nfoPlaces = (path: string, alone: boolean): string[] => {
  const folder = folderOf(path);
  if (DISC.test(path)) return [join(folder, 'movie.nfo'), join(folder, `${baseName(folder)}.nfo`)];
  const stem = baseName(path).replace(/\.[^.]+$/, '');
  const places = [join(folder, `${stem}.nfo`)];
  if (STACK_END.test(stem)) places.push(join(folder, `${stem.replace(STACK_END, '')}.nfo`));
  return alone ? [...places, join(folder, 'movie.nfo')] : places;
};

/** Where a series' own NFO file may lie: in the folders above an episode, the nearest first. */
export const seriesNfoPlaces = (path: string): string[] => {
  const places: string[] = [];
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) places.push(join(folder, 'tvshow.nfo'));
  return [...places.slice(0, 3), 'tvshow.nfo'].slice(0, 4);
};
