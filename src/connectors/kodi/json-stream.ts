import { StringDecoder } from 'node:string_decoder';
import { readJson } from '../exchange.ts';

/** Takes a stream of bytes apart, piece by piece as it comes. */
export interface JsonStream {
  /**
   * @returns what was completed by this piece: objects that are JSON, in order
   * @throws RangeError when an object grows past the limit
   */
  take(piece: Uint8Array): unknown[];
}

/**
 * Reads objects that follow each other without anything between them, as Kodi's socket sends them: where one ends is told
 * by its braces alone. What lies between objects, and an object that is no JSON after all, is passed over.
 * @param limit of one object, in UTF-16 units
 */
export const createJsonStream = (limit: number): JsonStream => {
  // Keeps a letter that was cut in two.
  const decoder = new StringDecoder('utf8');
  let text = '';
  let read = 0;
  let depth = 0;
  let inText = false;
  let escaped = false;

  /** @returns whether an object ends with this letter */
  const step = (letter: string): boolean => {
    if (inText) {
      if (escaped) escaped = false;
      else if (letter === '\\') escaped = true;
      else if (letter === '"') inText = false;
      return false;
    }
    if (letter === '"') inText = depth > 0;
    else if (letter === '{') depth += 1;
    else if (letter === '}' && depth > 0) depth -= 1;
    else return false;
    return depth === 0 && letter === '}';
  };

  return {
    take: (piece) => {
      text += decoder.write(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
      const found: unknown[] = [];
      let start = 0;
      for (; read < text.length; read++) {
        if (depth === 0 && text[read] === '{') start = read;
        if (!step(text[read] ?? '')) continue;
        const value = readJson(text.slice(start, read + 1));
        if (value !== undefined) found.push(value);
        start = read + 1;
      }
      text = depth > 0 ? text.slice(start) : '';
      read = text.length;
      if (text.length > limit) throw new RangeError(`An object of more than ${limit} letters.`);
      return found;
    },
  };
};
