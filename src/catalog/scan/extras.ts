/** Folders of what comes with a film or series without being one (the names that Kodi, Plex, Jellyfin and Emby know). */
const EXTRA_FOLDER =
  /^(extras?|trailers?|samples?|featurettes?|behind[\s._-]the[\s._-]scenes|deleted[\s._-]?(scenes)?|deleted-scenes|interviews?|scenes|shorts|clips?|bonus(es)?([\s._-]?(material|features|discs?))?|making[\s._-]of|theme-(music|songs?)|themes|backdrops|extrafanart|extrathumbs|subs?|subtitles?|proof|screens?|covers?)$/i;

/** Files that are such: "Film-trailer.mkv", "sample.mkv", "show.s01e04-grp-sample.mkv", "Film.sample.mkv". */
const EXTRA_FILE =
  /^(?:sample|trailer|teaser|theme|movie-trailer|preview)$|(?:^|[\s._-])sample$|[-.](?:trailer|teaser|sample|behindthescenes|deleted(?:scene)?|featurette|interview|scene|short|clip|other|extra|bonus)\d*$|-x\d{1,2}(?:-|$)|S\d\dExtras/i;
const TRAILER_BEHIND = /[\s._[(-]trailer[\])]?\d?$/i;

/** Whether everything in a folder of that name is left out. Not asked of the scanned folder itself. */
export const isExtraFolder = (name: string): boolean => EXTRA_FOLDER.test(name.trim());

/** Whether a file only comes with a film or episode. A film called "Trailer" in its own words has more to its name. */
export const isExtraFile = (name: string): boolean => {
  const stem = name.replace(/\.[^.]{2,5}$/, '');
  return EXTRA_FILE.test(stem) || TRAILER_BEHIND.test(stem);
};
