/**
 * What may become of a request:
 * - `unavailable`, `broken`, `busy`: answered with 503, 500, 429; the last tells when to come again
 * - `html`: a page for people in place of JSON
 * - `cut`: half of the answer, then the line is dead
 * - `slow`: answered after a while
 * - `redirect`: sent to another host
 * - `hang-up`: the line is dead before anything is done
 * - `lost-answer`: it is done, and the line is dead before the answer
 * - `unauthorized`: as if the token had never been
 */
export type FaultKind =
  | 'unavailable'
  | 'broken'
  | 'busy'
  | 'html'
  | 'cut'
  | 'slow'
  | 'redirect'
  | 'hang-up'
  | 'lost-answer'
  | 'unauthorized';

export interface FaultOptions {
  /** How many requests; 1 unless told. `Infinity`: until {@link Faults.clear}. */
  times?: number;
  /** Which requests, by `POST /UserPlayedItems/12?userId=…`; all unless told. */
  on?: RegExp;
  /** This many of them are left in peace first. */
  after?: number;
  /** Seconds told with `busy` and `unavailable`; null: none is told. */
  retryAfter?: number | null;
  /** How long `slow` takes. */
  ms?: number;
  /** Where `redirect` leads. */
  to?: string;
}

/** One fault that waits for its requests. */
export interface Fault extends Required<FaultOptions> {
  kind: FaultKind;
}

/** What goes wrong on a fake from now on. */
export class Faults {
  /** Every list of items is empty; the libraries are there still. */
  emptyLibrary = false;
  /** No library is there. */
  noLibraries = false;
  /** The first entry of every list of items has no id. */
  withoutIds = false;
  /** The second entry of every list of items has the id of the first. */
  sameIdTwice = false;
  /** The first entry of every list of items has a title of 400 characters. */
  longTitle = false;
  /** What every list tells as its total in place of the truth; null: the truth. */
  total: number | null = null;
  /** Entries of a list at the most, whatever is asked for; null: as asked. */
  pageLimit: number | null = null;
  #waiting: Fault[] = [];

  next(kind: FaultKind, options: FaultOptions = {}): void {
    const defaults = { times: 1, on: /./, after: 0, retryAfter: 1, ms: 1000, to: 'http://192.0.2.1/' };
    this.#waiting.push({ kind, ...defaults, ...options });
  }

  /** All of it is over. */
  clear(): void {
    this.#waiting = [];
    Object.assign(this, {
      emptyLibrary: false,
      noLibraries: false,
      withoutIds: false,
      sameIdTwice: false,
      longTitle: false,
    });
    Object.assign(this, { total: null, pageLimit: null });
  }

  /** Whether lists of items are not told as they are. */
  get inLists(): boolean {
    return this.emptyLibrary || this.withoutIds || this.sameIdTwice || this.longTitle || this.total !== null;
  }

  /** What shall become of this request; undefined: what it asks for. */
  take(request: string): Fault | undefined {
    const fault = this.#waiting.find(({ on }) => on.test(request));
    if (!fault) return undefined;
    if (fault.after > 0) {
      fault.after--;
      return undefined;
    }
    fault.times--;
    if (fault.times <= 0) this.#waiting = this.#waiting.filter((one) => one !== fault);
    return fault;
  }
}
