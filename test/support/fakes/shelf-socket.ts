import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** One open web socket of a fake; what clients say on it is taken and not answered. */
export interface FakeSocket {
  send(message: object): void;
  close(): void;
}

const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const CLOSE = 8;

/** Answers the request for a web socket. @param ended called once when it is over */
export const acceptSocket = (request: IncomingMessage, socket: Duplex, ended: () => void): FakeSocket => {
  const key = createHash('sha1').update(`${request.headers['sec-websocket-key']}${MAGIC}`).digest('base64');
  const lines = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${key}`,
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const close = () => {
    if (!socket.destroyed) socket.end(Buffer.from([0x80 | CLOSE, 0]), () => socket.destroy());
  };
  socket.on('data', (bytes: Buffer) => {
    // The client's own farewell; all else that it says is of no concern.
    if (holdsFarewell(bytes)) close();
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', ended);
  return { send: (message) => void socket.write(textFrame(JSON.stringify(message))), close };
};

/** Several frames may come in one piece; those of clients are masked and, here, short. */
const holdsFarewell = (bytes: Buffer): boolean => {
  for (let at = 0; at + 1 < bytes.length; at += 6 + ((bytes[at + 1] ?? 0) & 0x7f)) {
    if (((bytes[at] ?? 0) & 0x0f) === CLOSE) return true;
  }
  return false;
};

const textFrame = (text: string): Buffer => {
  const payload = Buffer.from(text);
  const head = payload.length < 126 ? [0x81, payload.length] : [0x81, 126, payload.length >> 8, payload.length & 0xff];
  return Buffer.concat([Buffer.from(head), payload]);
};

/** Refuses a socket as servers refuse any request. */
export const refuseSocket = (socket: Duplex, status: number): void => {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};
