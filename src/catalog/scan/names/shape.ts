/** Characters that say the same in another width or shape; each stands for exactly one, so that positions stay. */
const sameAs: Record<string, string> = {
  _: ' ',
  '\u3000': ' ',
  '\u00a0': ' ',
  '【': '[',
  '】': ']',
  '［': '[',
  '］': ']',
  '（': '(',
  '）': ')',
  '–': '-',
  '—': '-',
  '−': '-',
  '～': '~',
  '\uff0e': '.',
};

const FULL_WIDTH_ZERO = 0xff10;

/** A name as the rules read it: composed (NFC), brackets, dashes, digits and blanks of one shape each. */
export const evenOut = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[_\u3000\u00a0【】［］（）–—−～\uff0e]/g, (character) => sameAs[character] ?? character)
    .replace(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - FULL_WIDTH_ZERO));

const EXTENSION =
  /\.(mkv|mk3d|mp4|m4v|mov|avi|divx|wmv|asf|flv|f4v|webm|mpe?g|m2v|ts|m2ts|mts|vob|ogm|ogv|rm|rmvb|3gp|iso|img|strm|wtv|dvr-ms|srt|sub|idx|ass|ssa|smi|vtt|sup|nfo|torrent|nzb|disc)$/i;

/** The name without the ending that names its format; other dots are part of the name. */
export const withoutExtension = (name: string): string => name.replace(EXTENSION, '');

const ROMAN: Record<string, number> = { i: 1, v: 5, x: 10, l: 50 };

const NUMBER_WORDS: readonly string[][] = [
  [],
  ['one', 'un', 'une', 'uno', 'eins'],
  ['two', 'deux', 'dos', 'due', 'zwei'],
  ['three', 'trois', 'tres', 'tre', 'drei'],
  ['four', 'quatre', 'cuatro', 'quattro', 'vier'],
  ['five', 'cinq', 'cinco', 'cinque'],
  ['six', 'seis', 'sei', 'sechs'],
  ['seven', 'sept', 'siete', 'sette', 'sieben'],
  ['eight', 'huit', 'ocho', 'otto', 'acht'],
  ['nine', 'neuf', 'nueve', 'nove', 'neun'],
  ['ten', 'dix', 'diez', 'dieci', 'zehn'],
];

/** A number in digits, Roman figures up to 89, or a word up to ten in five languages; undefined for anything else. */
export const numberOf = (text: string): number | undefined => {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  const word = NUMBER_WORDS.findIndex((words) => words.includes(text.toLowerCase()));
  if (word > 0) return word;
  return /^(?=[ivxl])(xl|l?x{0,3})(ix|iv|v?i{0,3})$/i.test(text) ? romanValue(text.toLowerCase()) : undefined;
};

/** Pattern source for what {@link numberOf} reads, digits first. */
export const NUMBER = String.raw`(?:\d{1,4}|[IVX]{1,6}|${NUMBER_WORDS.flat().join('|')})`;

const romanValue = (text: string): number => {
  const values = [...text].map((figure) => ROMAN[figure] ?? 0);
  return values.reduce((sum, value, index) => sum + (value < (values[index + 1] ?? 0) ? -value : value), 0);
};

/** Boundaries of a word in any script. */
export const BEFORE = String.raw`(?<![\p{L}\p{N}])`;
export const AFTER = String.raw`(?![\p{L}\p{N}])`;
/** What may stand between words. */
export const GAP = String.raw`[\s._-]`;
