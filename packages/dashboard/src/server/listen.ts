import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ListenError } from './listen-error.js';

const MAX_HEADER_BYTES = 8 * 1024;
const HEADERS_MS = 10_000;
const REQUEST_MS = 15_000;
const KEEP_ALIVE_MS = 5_000;
const CHECK_MS = 1_000;
const REFUSALS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Time limits of a connection, in milliseconds. */
export interface Timeouts {
  readonly headersMs?: number;
  readonly requestMs?: number;
}

/** A listening server. */
export interface Listening {
  readonly server: Server;
  readonly address: AddressInfo;
}

/** Starts a server. Rejects with a ListenError. */
export function listen(
  listener: RequestListener,
  host: string,
  port: number,
  maxConnections: number,
  { headersMs = HEADERS_MS, requestMs = REQUEST_MS }: Timeouts = {},
): Promise<Listening> {
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: headersMs,
      requestTimeout: Math.max(headersMs, requestMs),
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: Math.min(CHECK_MS, headersMs),
      requireHostHeader: false,
      insecureHTTPParser: false,
    },
    listener,
  );
  server.maxConnections = maxConnections;
  server.maxHeadersCount = 100;
  server.on('clientError', refuse);
  return new Promise((resolve, reject) => {
    const refused = (error: Error): void => reject(new ListenError(error, host, port));
    server.once('error', refused);
    server.listen({ host, port, ipv6Only: host.includes(':') && !isEveryAddress(host) }, () => {
      server.off('error', refused);
      resolve({ server, address: server.address() as AddressInfo });
    });
  });
}

/** True for the address that stands for all of the machine: `::` for those of IPv4 as well. */
export function isEveryAddress(host: string): boolean {
  return host === '0.0.0.0' || /^[0:]*::?[0:]*$/.test(host);
}

/** What is not HTTP gets a bare answer, and no more. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  const line = REFUSALS[error.code ?? ''] ?? '400 Bad Request';
  if (socket.writable && socket.bytesWritten === 0)
    socket.end(`HTTP/1.1 ${line}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  else socket.destroy();
}
