import { AFTER, BEFORE, GAP } from './shape.ts';

/**
 * Words that no title holds: pictures, sources and codecs. The first of them ends the title.
 * Each line: what it is, then the words as pattern sources. A blank, dot or dash inside a word is written `~`.
 */
const sure: readonly [string, string][] = [
  [
    'lines of the picture: 1080p, 720i, 2160p25, 1280x720, HD.720p',
    String.raw`\d{3,4}[pi](?:\d{2,3}(?:\.\d+)?(?:fps)?)?|(?:7[2-9]\d|[89]\d\d|[1-7]\d{3})\s?[x*]\s?\d{3,4}|[3-7]\d\d\s?[x*]\s?[2-6]\d\d|(?:720|1080)~Hi10p?|(?:1080|720|480)(?=~(?:all|hdtv|bluray|web))`,
  ],
  [
    'ultra high definition',
    String.raw`UHD(?:~?TV|~?Rip|~?BD)?|Ultra~?HD|4K(?=~)(?!~[a-z])|\d\d(?:\.\d+)?fps|F(?:ull)?HD|mHD|HDLight|NetflixUHD|AmazonHD|AmazonUHD|iTunesHD|BTSportHD`,
  ],
  [
    'discs',
    String.raw`Blu~?Ray(?:~?Rip|\d{3,4}p)?|BD~?(?:Rip|Mux|Remux|25|50|66|100|ISO)|BR~?(?:Rip|Mux|RipMux|Disk|Remux)|HD~?DVD(?:Rip)?|DVD~?(?:Rip|Mux|Scr|Screener|R|5|9|ivX|Full)|[25]?DVD\d?~?R(?:ip)?|VHS~?Rip|LD~?Rip|\d~?Disc~Set`,
  ],
  [
    'broadcasts',
    String.raw`(?:a|u)?HD~?TV(?:~?Rip|~?Mux|~?\d{3,4}p?|~?x264|~?x265)?|PDTV(?:Rip|x264)?|SDTV|DSR(?:ip)?|D?TV~?Rip(?:HD)?|TVRipHD|SAT~?Rip|DTH~?Rip|DVB(?:~?Rip)?|AHDTV|DTT~?Rip|TVDub`,
  ],
  [
    'the net',
    String.raw`WEB~(?:DL|Rip|Cap|HD|UHD)~?(?:Rip|Mux)?|WEB(?:DL|Rip|Cap|Mux|HD|UHD)(?:Rip|Mux|~?\d{3,4}p)?|WEB~DL?x26[45]|VOD~?(?:Rip|Cap)?(?=~)|HD~?Rip|PPV(?:~?Rip)?`,
  ],
  [
    'cinemas and screeners',
    String.raw`HD~?CAM(?:Rip)?|CAM~?Rip|TELE(?:SYNC|CINE)|HD~?T[SC](?:Rip)?|(?:BD|BR|DVD|VHS)?~?SCR(?:EENER)?|W[O0]RKPRiNT|PreDVD(?:Rip)?`,
  ],
  [
    'picture codecs',
    String.raw`[xh]~?26[3456]|HEVC(?:10)?|AVC(?:HD)?(?=~|\])|X~?viD|DivX|MPEG~?[24]|VC~?1|VP[789]|AV1|RV\d\d|10~?bits?|8~?bits?|12~?bits?|Hi10P?p?|Hi422P|Hi444PP|BT~?(?:709|2020)`,
  ],
  [
    'sound codecs',
    String.raw`E?AC~?3D?|AAC(?:x\d)?(?:\d(?:\.\d)?)?|HE~AAC|DTS(?:~?(?:HD|ES|X|EX|HDMA|MA))?(?:~?MA|~?HRA?)?|DD(?:[P+]|EX)?~?[1-9]~?[0-9]|DD[P+](?=~)|True~?HD|FLAC(?:x?\d)?|MP3|Atmos|OPUS|L?PCM|Vorbis|[257]\.1(?:ch)?(?=~|\]|\)|$)|[1-8]ch`,
  ],
  [
    'grading and depth',
    String.raw`HDR(?:10)?(?:[P+]|plus)?|Dolby~?(?:Vision|Digital|Atmos)|DoVi|SDR(?=~)|H-?(?:SBS|OU)|Half~?(?:SBS|OU)|REMUX|Upscaled?(?=~)`,
  ],
  [
    'subtitles burnt or beside',
    String.raw`VOST(?:FR|A|ENG|E)?|SUBFRENCH|NLsubs?|HebSubs|SoftSubs?|MultiSubs?|SUBFORCED|SUB~?ITA|KORSUBS?`,
  ],
];

/** Words that titles hold too: they end a title only where one of the sure words, or another of these, comes right after. */
const weak: readonly [string, string][] = [
  [
    'sources that are words',
    String.raw`WEB|BD|DVD|CAM|T[SC]|VHS|LD|R[3-6]|DV|HD|SD|HQ|LQ|HR|4K|8K|3D|LiNE|MD|UHD|TV|VO|VF[FQI2]?|CD\d(?:of\d)?|\dCD|\d(?:~?of~?|~?in~?)1|MP4|MKV|AVI|WMV|OGM`,
  ],
  [
    'releases',
    String.raw`PROPER|REAL|REPACK\d?|RERIP|iNTERNAL|iNT|LiMiTED|FESTiVAL|STV|READ~?NFO|NFO~?FiX|DIRFIX|SAMPLE|FiX|PROOF|COMPLETE|RETAIL|CONVERT|HYBRID|DUBBED|DUB|SUBBED|SUBS?|DUAL(?:~?AUDIO)?|MULTi(?:~?\d|~?SUBS?|~?AUDIO)?|DL|ML|WS|FS|PAL|NTSC|OAR|OM|HC|HARDSUB|DUBLADO|LEGENDADO|Leg|LEGENDAS?|SUBTITULADO|DOC|PPV|FREE|Custom|NORDiC|AC3D|QC|HFR|XXX|v[2-9]|Batch|Exclusive|CC|Raws?|Uncensored|Chaps`,
  ],
  [
    'services',
    String.raw`AMZN|NF|DSNP|HULU|HMAX|ATVP|PCOK|PMTP|iP|iT|STAN|CR|CRAV|MAX|STARZ|VIKI|CBS|NBC|AMC|ALL4|ITV|RED|DCU|SHO|HBO|ABEMA|ADN|B-Global|Baha|DF|MBCVOD|Netflix|Amazon|Disney|iTunes|BCORE|MA|ROKU|TVING|FUNI|HIDI|UNEXT|WATCHA|DDY|FP|DM|ETV|iQ|IQIYI|HS`,
  ],
];

/** Which cut: only before "cut", "edition" and the like; alone these are words of titles ("The Final Chapter"). */
const CUTS =
  "extended|director'?’?s?|final|theatrical|ultimate|uncut|unrated|special|collector'?’?s?|limited|deluxe|definitive|anniversary|alternat(?:iv)?e|assembly|festival|fan|rogue|despecialized|imperial|criterion|signature|diamond|remastered|restored|super|hunter|rekall|integral|international|imax|4k|\\d{1,3}(?:st|nd|rd|th)|open~?matte|2in1|complete";
/** What says so by itself. */
const ALONE =
  'extended|unrated|uncut|imax|remaster(?:ed)?|restored|despecialized|open~?matte|2in1|colou?ri[sz]ed|criterion|edition~collector|version~longue';
const editions = `(?:the~)?(?:(?:${CUTS})~)+(?:cut|edition|version|edit|fan~?edit|release)|(?:(?:${CUTS})~)*(?:${ALONE})`;

/** Languages and countries of speech, in their own and the English words; capital codes only in capitals. */
const languages = String.raw`(?:true)?french|francais|français|english|eng|german|deutsch|spanish|español|espanol|castellano|espa[nñ]ol~castellano|latino|italian|ita|japanese|jap|korean|chinese|mandarin|cantonese|russian|rus|ukr|ukrainian|polish|pldub|plsub|portuguese|brazilian|pt~?br|dutch|flemish|swedish|norwegian|danish|finnish|icelandic|hindi|tamil|telugu|catalan|hungarian|czech|cz|turkish|greek|hebrew|arabic|thai|vietnamese|romanian|bulgarian|serbian|croatian|vff?|vfq|vo|vost|catala`;

const spread = (source: string): string => source.replaceAll('~', String.raw`[\s._-]?`);
const anyOf = (table: readonly [string, string][]): string => table.map(([, source]) => spread(source)).join('|');

const SURE = new RegExp(`${BEFORE}(?:${anyOf(sure)})${AFTER}`, 'giu');
const JOINT = String.raw`[\s._\-\[\](){},+&~]*`;
const endsWith = (source: string): RegExp => new RegExp(`(?:^|[\\s._\\-\\[({,+&~/])(?:${source})${JOINT}$`, 'iu');
const WEAK_END = endsWith(anyOf(weak));
const EDITION_END = endsWith(`${spread(editions)}|UNRATED|UNCUT|EXTENDED`);
const LONG_EDITION_END = endsWith(spread(editions));
/** Short ones only in capitals: "se" and "dc" are words elsewhere. */
const CAPITAL_END = new RegExp(`[\\s._\\-(\\[](?:DC|SE|EE|OM|OAR|IMAX|[2-4]CD)${JOINT}$`, 'u');
const VERSION_END = /[\s.]v[2-9]\s*$/;
const BEFORE_NUMBER_END = endsWith(spread(`(?:the~)?complete(?:~series)?|ep|episode|seasons?`));
const LANGUAGE_END = endsWith(spread(languages));
const EDITION = new RegExp(`${BEFORE}(?:${spread(editions)})${AFTER}`, 'giu');
const TELEVISION = new RegExp(`${BEFORE}(?:(?:HD|PD|SD|A?HD)TV(?:Rip)?|DSR(?:ip)?|D?TV${GAP}?Rip|DVB)${AFTER}`, 'iu');
const MORE = new RegExp(
  `^(?:${GAP}|[\\[\\](){}])*(?:${anyOf(sure)}|${anyOf(weak)}|${spread(languages)})${AFTER}`,
  'iu',
);

/** Where the first sure tag stands at or after `from`; the length of the text where there is none. */
export const firstTag = (text: string, from = 0): number => {
  SURE.lastIndex = from;
  return SURE.exec(text)?.index ?? text.length;
};

/** Whether the text goes on with any sort of tag. */
export const startsWithTag = (text: string): boolean => MORE.test(text);

/** Tags that are titles too when they are all that a name says: "Opus". */
const ALSO_TITLE = /^(?:opus|atmos|vorbis|remux|telecine|scr|upscaled?)$/i;
/** Weak tags that say only how it is kept, so that a name of one alone says nothing. */
const ONLY_KEPT = /^(?:WEB|BD|DVD|HD|4K|8K|3D|MP4|MKV|AVI|WMV)(?![\p{L}\p{N}])/iu;

/** Whether a text holds nothing but tags: "1080p", "BluRay.x264", "4K HDR". */
export const isOnlyTags = (text: string): boolean => {
  let rest = text.trim();
  if (ALSO_TITLE.test(rest) || !(firstTag(rest) === 0 || ONLY_KEPT.test(rest))) return false;
  for (let found = MORE.exec(rest); found; found = MORE.exec(rest)) rest = rest.slice(found[0].length);
  return !/[\p{L}\p{N}]/u.test(rest);
};

/** Whether any sure tag is in the text. */
export const isTagged = (text: string): boolean => firstTag(text) < text.length;

const FANS = /(?:VOST(?:FR)?|FANSUB)(?!\p{L})|[[(][\p{L}\s-]*(?:subs?|raws?|fansubs?)[\])]/iu;
/** Whether fans made or subtitled it. */
export const isFromFans = (text: string): boolean => FANS.test(text);

/** Whether it was made from television. */
export const isFromTelevision = (text: string): boolean => TELEVISION.test(text);

/** How much is known of what comes right after a text: a sure tag, a year, a number of an episode, or its end. */
export type EndedBy = 'tag' | 'year' | 'number' | 'end';

/**
 * Takes weak tags off the end of a text that should hold a title alone. What may be taken depends on what came after:
 * before a year a language is a word of the title ("The Good German 2006"), before a sure tag it is not.
 */
export const withoutWeakEnd = (text: string, endedBy: EndedBy): string => {
  let rest = text;
  let state = endedBy;
  for (;;) {
    const shorter = withoutOneWeakWord(rest, state);
    if (shorter === undefined) return rest;
    rest = shorter;
    if (state !== 'number') state = 'tag';
  }
};

/** The words that tell versions apart: "Director's Cut", "Extended Edition". */
export const editionsIn = (text: string): string[] =>
  [...text.matchAll(EDITION)].map(([found]) => found.replace(/[\s._-]+/g, ' ').trim());

const withoutOneWeakWord = (text: string, endedBy: EndedBy): string | undefined => {
  const allowed =
    endedBy === 'tag'
      ? [EDITION_END, CAPITAL_END, LANGUAGE_END, WEAK_END]
      : endedBy === 'year'
        ? [EDITION_END, CAPITAL_END]
        : endedBy === 'end'
          ? [LONG_EDITION_END, VERSION_END]
          : [BEFORE_NUMBER_END];
  for (const pattern of allowed) {
    const found = pattern.exec(text);
    if (found && found.index > 0) return text.slice(0, found.index);
  }
  return undefined;
};
