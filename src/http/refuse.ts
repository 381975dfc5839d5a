import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { errorBody } from './error-body.ts';

/** Not by STATUS_CODES: to import a value of node:http loads all that it offers, fetch and WebSocket too, 5 % of a start. */
const statusOf: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Answers what is not even HTTP, or too slow, in the one shape of an error, and hangs up. */
export const refuseBrokenRequest = (error: Error & { code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const status = statusOf[error.code ?? ''] ?? '400 Bad Request';
  const body = JSON.stringify(errorBody('invalid', 'This is not a well-formed HTTP request.', randomUUID()));
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
};
