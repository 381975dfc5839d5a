import { type AddressInfo, createServer, type Socket } from 'node:net';

/** Kodi's socket: answers pings, and tells notifications to all that listen, one after the other without a break. */
export interface FakeSocket {
  readonly port: number;
  /** How many listen now. */
  readonly listeners: number;
  tell(method: string, data: object | null): void;
  /** Writes whatever it is to all. */
  write(bytes: Uint8Array | string): void;
  /** Breaks all connections off. */
  breakOff(): void;
  /** From now on it takes connections and says nothing; false: it answers again. */
  mute(is: boolean): void;
  close(): Promise<void>;
}

export const startFakeSocket = async (port = 0): Promise<FakeSocket> => {
  const sockets = new Set<Socket>();
  let muted = false;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.on('data', (piece) => {
      const { id, method } = JSON.parse(String(piece)) as { id: unknown; method: string };
      if (!muted && method === 'JSONRPC.Ping') socket.write(JSON.stringify({ id, jsonrpc: '2.0', result: 'pong' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const write = (bytes: Uint8Array | string) => {
    if (!muted) for (const socket of sockets) socket.write(bytes);
  };
  const breakOff = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    get listeners() {
      return sockets.size;
    },
    tell: (method, data) => write(JSON.stringify({ jsonrpc: '2.0', method, params: { data, sender: 'xbmc' } })),
    write,
    breakOff,
    mute: (is) => {
      muted = is;
    },
    close: () => {
      breakOff();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};
