import { execFile } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

interface Film {
  file: string;
  nfo: string;
}

const id = (type: string, value: string) => `<uniqueid type="${type}">${value}</uniqueid>`;
const movie = (folder: string, title: string, year: number, imdb: string): Film => ({
  file: `movies/${folder}/${folder}`,
  nfo: `<movie><title>${title}</title><year>${year}</year>${id('imdb', imdb)}</movie>`,
});
const details = (title: string, season: number, episode: number, ids = '') =>
  `<episodedetails><title>${title}</title><season>${season}</season><episode>${episode}</episode>${ids}</episodedetails>`;
const badly = (episode: number, title: string): Film => ({
  file: `tv/Breaking Bad/Season 01/Breaking Bad S01E0${episode}`,
  nfo: details(title, 1, episode, id('tvdb', String(349231 + episode))),
});

const films: Film[] = [
  movie('Alien (1979)', 'Alien', 1979, 'tt0078748'),
  movie('The Matrix (1999)', 'The Matrix', 1999, 'tt0133093'),
  movie('Blade Runner (1982)', 'Blade Runner', 1982, 'tt0083658'),
  movie('Blade Runner (1982) Final Cut', 'Blade Runner', 1982, 'tt0083658'),
  badly(1, 'Pilot'),
  badly(2, "Cat's in the Bag..."),
  badly(3, "...And the Bag's in the River"),
  {
    file: 'tv/Doctor Who (2005)/Season 03/Doctor Who S03E12E13',
    nfo: details('The Sound of Drums', 3, 12) + details('Last of the Time Lords', 3, 13),
  },
];

const shows: Record<string, string> = {
  'tv/Breaking Bad': `<tvshow><title>Breaking Bad</title><year>2008</year>${id('tvdb', '81189')}</tvshow>`,
  'tv/Doctor Who (2005)': `<tvshow><title>Doctor Who</title><year>2005</year>${id('tvdb', '78804')}</tvshow>`,
};

/** What the library holds once the folder is scanned. */
export const mediaCounts = { movies: 4, episodes: 5 };

/** Fills a folder with a small library: 20 minutes of black at one frame a second, and a description beside each file. */
export const makeMedia = async (folder: string): Promise<void> => {
  const black = join(folder, 'black.mkv');
  await mkdir(folder, { recursive: true });
  const source = ['-f', 'lavfi', '-i', 'color=c=black:size=64x36:rate=1:duration=1200'];
  await promisify(execFile)('ffmpeg', ['-loglevel', 'error', '-y', ...source, '-c:v', 'mpeg4', black]);
  for (const { file, nfo } of films) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await copyFile(black, join(folder, `${file}.mkv`));
    await writeFile(join(folder, `${file}.nfo`), nfo);
  }
  for (const [show, nfo] of Object.entries(shows)) await writeFile(join(folder, show, 'tvshow.nfo'), nfo);
};
