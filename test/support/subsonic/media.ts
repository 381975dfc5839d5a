import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The tracks of the real servers: two artists, three albums, two of one name, and titles that are not ASCII. */
export const tracks = [
  ['Björk', 'Homogenic', 1, 'Hunter'],
  ['Björk', 'Homogenic', 2, 'Jóga'],
  ['AC/DC', 'Greatest Hits', 1, 'Thunderstruck'],
  ['椎名林檎', 'Greatest Hits', 1, '丸ノ内サディスティック'],
] as const;

/** Seconds of each track. */
export const LENGTH = 60;

/** Writes silent MP3 files with tags into a folder. */
export const makeMusic = async (folder: string): Promise<void> => {
  for (const [artist, album, number, title] of tracks) {
    const file = join(folder, plain(artist), plain(album), `${number} ${plain(title)}.mp3`);
    await mkdir(dirname(file), { recursive: true });
    const tag = id3({ TPE1: artist, TALB: album, TRCK: String(number), TIT2: title, TYER: '1997' });
    await writeFile(file, Buffer.concat([tag, silence(LENGTH)]));
  }
};

const plain = (name: string): string => name.replaceAll('/', '-');

/** An ID3v2.3 tag with texts in UTF-16. */
const id3 = (texts: Record<string, string>): Buffer => {
  const frames = Object.entries(texts).map(([name, text]) => {
    const body = Buffer.concat([Buffer.from([1, 0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    const header = Buffer.alloc(10);
    header.write(name, 'latin1');
    header.writeUInt32BE(body.length, 4);
    return Buffer.concat([header, body]);
  });
  const all = Buffer.concat(frames);
  const sizes = [21, 14, 7, 0].map((shift) => (all.length >> shift) & 0x7f);
  return Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, ...sizes]), all]);
};

/** Empty frames of MPEG 1 layer 3 at 32 kbit/s and 44.1 kHz: 104 bytes and 1152 samples each. */
const silence = (seconds: number): Buffer => {
  const frame = Buffer.alloc(104);
  frame.set([0xff, 0xfb, 0x10, 0xc0]);
  return Buffer.concat(Array(Math.ceil((seconds * 44_100) / 1152)).fill(frame));
};
