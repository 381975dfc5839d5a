import type { RemoteKind } from './media-server.ts';

/** How many copies of a kind were known, and how many of those a complete run did not see. */
export interface Loss {
  kind: RemoteKind;
  known: number;
  missing: number;
}

const SHARE = 0.05;
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
  if (emptied) return held(emptied.missing, emptied.known, emptied.kind);
  const worst = losses.find((loss) => many(loss.missing, loss.known));
  if (worst) return held(worst.missing, worst.known, worst.kind);
  return missing > 0 && (missing === known || many(missing, known)) ? held(missing, known, 'items') : undefined;
};

const many = (missing: number, known: number): boolean => missing > FEW && missing > known * SHARE;

const held = (missing: number, known: number, what: string): string =>
  `${missing} of ${known} known entries (${what}) were not there any more. That many are not taken away without asking: if they are really gone, remove the client and add it again.`;
