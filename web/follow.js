// @ts-check

/** @typedef {'progress' | 'state' | 'play' | 'opinion' | 'reset'} News */

/** How long to wait before coming again. */
const RETRY_MS = 3000;
/** The server says something every 20 seconds; who is silent for longer is gone. */
const SILENCE_MS = 50_000;

/** @type {AbortController | null} */
let line = null;
/** @type {{ heard: (news: News) => void, ended: () => void } | null} */
let follower = null;
/** The last event taken, after which the stream goes on. @type {string | null} */
let lastId = null;

/**
 * Follows what changes elsewhere. A page that nobody looks at hangs up, as browsers allow few connections; it takes up
 * where it was.
 * @param {(news: News) => void} heard
 * @param {() => void} ended when the session is over
 */
export const follow = (heard, ended) => {
  stopFollowing();
  follower = { heard, ended };
  listen();
};

export const stopFollowing = () => {
  follower = null;
  lastId = null;
  line?.abort();
};

document.addEventListener('visibilitychange', () => (document.hidden ? line?.abort() : listen()));

const listen = async () => {
  if (line !== null) return;
  while (follower && !document.hidden) {
    line = new AbortController();
    const wait = await hear(line);
    if (follower && wait > 0) await pause(wait, line.signal);
  }
  line = null;
};

/**
 * Listens until the line is cut.
 * @param {AbortController} control
 * @returns {Promise<number>} how long to wait before the next try
 */
const hear = async (control) => {
  try {
    const answer = await fetch('/api/v1/events', {
      credentials: 'same-origin',
      headers: lastId === null ? {} : { 'last-event-id': lastId },
      signal: control.signal,
    });
    if (answer.status === 401) end();
    if (!answer.ok || !answer.body) return 1000 * Number(answer.headers.get('retry-after')) || RETRY_MS;
    await take(answer.body, control);
    return control.signal.aborted ? 0 : RETRY_MS;
  } catch {
    return control.signal.aborted ? 0 : RETRY_MS;
  }
};

const end = () => {
  const over = follower?.ended;
  stopFollowing();
  over?.();
};

/**
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} body
 * @param {AbortController} control
 */
const take = async (body, control) => {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const silence = setTimeout(() => control.abort(), SILENCE_MS);
    const { done, value } = await reader.read().finally(() => clearTimeout(silence));
    if (done) return;
    const frames = (rest + value).split('\n\n');
    rest = frames.pop() ?? '';
    for (const frame of frames) if (!control.signal.aborted) takeFrame(frame);
  }
};

/** @param {string} frame lines as `id: 7` */
const takeFrame = (frame) => {
  const fields = new Map(
    frame.split('\n').map((text) => [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 2)]),
  );
  const data = fields.get('data');
  if (data === undefined) return;
  const { kind, reason } = JSON.parse(data);
  // What happened between the loading of the page and the first word of the stream is not told by it.
  const first = lastId === null;
  lastId = fields.get('id') ?? lastId;
  if (kind === 'end') return reason === 'signed_out' ? end() : undefined;
  if (kind === 'ready' && !first) return;
  follower?.heard(kind === 'ready' ? 'reset' : kind);
};

/**
 * @param {number} ms
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
const pause = (ms, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
