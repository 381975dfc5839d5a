import type { Measurement } from './meters.ts';

/** The media server, and whose account of it is looked at. */
export interface Remote {
  url: string;
  apiKey: string;
  userId: string;
}

/** What a measured process is to do next. */
export type Task =
  /** The bare connector reads all there is and throws it away. */
  | { does: 'read' }
  /** The bare connector looks at entries and sets them watched. */
  | { does: 'write'; names: string[] }
  /** Makes a database with one person, whose account is linked. */
  | { does: 'open'; database: string }
  | { does: 'import' }
  | { does: 'sync' }
  /** Sets what these entries stand for watched, on another device of the person. */
  | { does: 'mark'; names: string[] };

/** What came of it. */
export interface Outcome {
  whole: Measurement;
  /** Of a run: from when all was read to its end. */
  afterReading: Measurement;
  /** How many entries were read or written, or changes taken over. */
  seen: number;
  written: number;
  events: number;
}
