import { Agent, request } from 'node:http';
import { type Instant, toIso } from '#kernel/clock.ts';
import { after, type Known, LENGTH_MS, nextWord, nothing, type Word } from './kill-ledger.ts';

/** A leaf as one user's player tells of it. */
export interface Told {
  userId: number;
  itemId: number;
  /** By every word that was acknowledged. */
  known: Known;
  /** The instant of the last word, acknowledged or not. */
  last: Instant;
  /** Sent, and the server died before it answered. */
  unanswered: Word | null;
}

/** A player with a connection of its own, that tells of some leaves one word after the other. */
export interface Player {
  token: string;
  leaves: Told[];
}

/** @param since of the first word; what is told lies after it and before now */
export const leafOf = (userId: number, itemId: number, since: Instant): Told => ({
  userId,
  itemId,
  known: nothing,
  last: since,
  unanswered: null,
});

/**
 * Has all players talk at once until the server is gone. What was left unanswered the last time is told again first.
 * @param onWord called at every acknowledged word
 * @throws Error for an answer that is no success
 */
export const talkUntilDead = async (url: string, players: readonly Player[], onWord: () => void): Promise<void> => {
  const agent = new Agent({ keepAlive: true, maxSockets: players.length });
  try {
    await Promise.all(players.map((player) => talk(url, agent, player, onWord)));
  } finally {
    agent.destroy();
  }
};

const talk = async (url: string, agent: Agent, { token, leaves }: Player, onWord: () => void): Promise<void> => {
  for (;;) {
    const leaf = leaves.find(({ unanswered }) => unanswered) ?? leaves[Math.floor(Math.random() * leaves.length)]!;
    const word = leaf.unanswered ?? nextWord(leaf.known, leaf.last);
    leaf.last = word.at;
    leaf.unanswered = word;
    const status = await send(url, agent, token, leaf.itemId, word);
    if (status === null) return;
    if (status < 200 || status > 299) throw new Error(`${JSON.stringify(word)} was answered with ${status}`);
    leaf.known = after(leaf.known, word);
    leaf.unanswered = null;
    onWord();
  }
};

/** The status of the answer; null when the connection broke before all of its head was there. */
const send = (url: string, agent: Agent, token: string, itemId: number, word: Word): Promise<number | null> =>
  new Promise((resolve) => {
    const body = JSON.stringify(bodyOf(word));
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const path = `${url}/api/v1/items/${itemId}/${word.kind === 'mark' ? 'watched' : 'progress'}`;
    const sent = request(path, { method: 'PUT', agent, headers }, (answer) => {
      answer.resume();
      answer.on('error', () => {});
      answer.on('close', () => resolve(answer.statusCode ?? null));
    });
    sent.on('error', () => resolve(null));
    sent.end(body);
  });

const bodyOf = (word: Word): object =>
  word.kind === 'mark'
    ? { watched: word.watched, at: toIso(word.at) }
    : { positionMs: word.positionMs, durationMs: LENGTH_MS, at: toIso(word.at) };
