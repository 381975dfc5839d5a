import { type Edition, parseEdition, parseGroup, parseResolution } from '@ctrl/video-filename-parser';
import { editionsIn } from './tags.ts';

/** What the package tells of a picture, in the words people know. Cuts are read by our own table: it knows more. */
const PICTURES: readonly [keyof Edition, string][] = [
  ['threeD', '3D'],
  ['dolbyVision', 'Dolby Vision'],
  ['hdr', 'HDR'],
  ['bw', 'Black and white'],
];
const LONGEST = 100;

/** What tells this copy from others of the same work, "2160p HDR Director's Cut"; undefined where the name tells nothing. */
export const versionOf = (name: string): string | undefined => {
  const edition = parseEdition(name);
  const pictures = PICTURES.flatMap(([key, word]) => (edition[key] ? [word] : []));
  const words = [parseResolution(name).resolution?.toLowerCase() ?? '', ...pictures, ...editionsIn(name)];
  const version = [...new Set(words)].filter((word) => word !== '').join(' ');
  return version === '' ? undefined : version.slice(0, LONGEST);
};

/** Who released it, where the name ends with them: "…x264-GROUP". */
export const groupOf = (name: string): string | undefined => parseGroup(name) ?? undefined;
