import type { RemoteKind } from './media-server.ts';

/** How many copies of a kind were known, and how many of those a complete run did not see. */
export interface Loss {
  kind: RemoteKind;
  known: number;
  missing: number;
}

const ITEMS = 0.05;
const STATES = 0.1;
const FEW = 10;

/**
 * Whether so much is gone that the server is more likely broken than emptied (domain §8): a kind of which nothing is
 * left, or more than 5 % and more than 10 copies of a kind or of all. Then nothing is taken away.
 * @returns the reason in words; undefined when the loss can be believed
 */
export const suspiciousLoss = (losses: readonly Loss[]): string | undefined => {
  const known = losses.reduce((sum, loss) => sum + loss.known, 0);
  const missing = losses.reduce((sum, loss) => sum + loss.missing, 0);
  const emptied = losses.find((loss) => loss.known > 0 && loss.missing === loss.known && loss.known > 1);
  if (emptied) return goneItems(emptied.missing, emptied.known, emptied.kind);
  const worst = losses.find((loss) => many(loss.missing, loss.known, ITEMS));
  if (worst) return goneItems(worst.missing, worst.known, worst.kind);
  const all = missing > 0 && (missing === known || many(missing, known, ITEMS));
  return all ? goneItems(missing, known, 'items') : undefined;
};

/** A handful that goes at once is believed where something is left; of fewer than this, also where nothing is. */
const HANDFUL = 3;

/**
 * Whether an account shows so much less than before that it is not believed: nothing of three or more, or more than 10 %
 * and more than 10.
 * @param lost entries that lost what they showed
 * @param shown entries that showed anything before
 */
export const suspiciousStates = (lost: number, shown: number): boolean =>
  many(lost, shown, STATES) || (lost >= HANDFUL && lost >= shown);

const many = (missing: number, known: number, share: number): boolean => missing > FEW && missing > known * share;

const goneItems = (missing: number, known: number, what: string): string =>
  `${missing} of ${known} known entries (${what}) were not there any more. That many are not taken away without asking: approve or reject it.`;
