/** One server-sent event as it arrived. */
export interface ReadEvent {
  id: string | null;
  event: string;
  data: { kind: string; itemId: number | null; own: boolean; reason: string | null; at: string };
}

/** Reads a stream of events over a real connection. */
export interface EventReader {
  status: number;
  headers: Headers;
  events: ReadEvent[];
  /** All that arrived, comments included. */
  readonly text: string;
  /** The id of the last event taken. */
  readonly lastId: string | null;
  kinds(): string[];
  items(): number[];
  /** Waits until as many events have come; fails after five seconds. */
  until(count: number): Promise<void>;
  /** Hangs up. */
  cut(): Promise<void>;
  /** When the stream is over. */
  ended: Promise<void>;
}

/**
 * @param options `most` events are taken, then it hangs up; the rest is lost on the way
 */
export const readEvents = async (
  url: string,
  options: { headers?: Record<string, string>; lastEventId?: string | null; most?: number } = {},
): Promise<EventReader> => {
  const { headers = {}, lastEventId = null, most = Infinity } = options;
  const control = new AbortController();
  const answer = await fetch(url, {
    headers: { ...headers, ...(lastEventId !== null && { 'last-event-id': lastEventId }) },
    signal: control.signal,
  });
  const news = new EventTarget();
  let text = '';
  const take = async () => {
    let rest = '';
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const frames = (rest + chunk).split('\n\n');
      rest = frames.pop() ?? '';
      for (const event of frames.flatMap(parse)) if (reader.events.length < most) reader.events.push(event);
      news.dispatchEvent(new Event('news'));
      if (reader.events.length >= most) return control.abort();
    }
  };
  const reader: EventReader = {
    status: answer.status,
    headers: answer.headers,
    events: [],
    get text() {
      return text;
    },
    get lastId() {
      return reader.events.findLast(({ id }) => id !== null)?.id ?? lastEventId;
    },
    kinds: () => reader.events.map(({ event }) => event),
    items: () => reader.events.flatMap(({ data }) => data.itemId ?? []),
    until: async (count) => {
      const late = AbortSignal.timeout(5000);
      while (reader.events.length < count) {
        if (late.aborted) throw new Error(`Waited for ${count} events, got ${JSON.stringify(reader.events)}`);
        const turn = new Promise((resolve) => setTimeout(resolve, 50));
        await Promise.race([turn, new Promise((resolve) => news.addEventListener('news', resolve, { once: true }))]);
      }
    },
    cut: async () => {
      control.abort();
      await reader.ended;
    },
    ended: Promise.resolve(),
  };
  reader.ended = take().catch(() => {});
  return reader;
};

const parse = (frame: string): ReadEvent[] => {
  const field = (name: string) =>
    frame
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  const data = field('data');
  return data === undefined
    ? []
    : [{ id: field('id') ?? null, event: field('event') ?? 'message', data: JSON.parse(data) }];
};
