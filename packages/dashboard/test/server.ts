import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDashboard } from '../src/server/dashboard.js';
import type { Dashboard, DashboardOptions } from '../src/server/dashboard.js';

/** Servers and directories of one test, which end with it. */
export interface Bench {
  directory(): Promise<string>;
  serve(options: DashboardOptions): Promise<Dashboard>;
  dispose(): Promise<void>;
}

export function createBench(): Bench {
  const directories: string[] = [];
  const servers: Dashboard[] = [];
  return {
    directory: async () => {
      const directory = await mkdtemp(join(tmpdir(), 'dashboard-'));
      directories.push(directory);
      return directory;
    },
    serve: async (options) => {
      const server = await startDashboard(options);
      servers.push(server);
      return server;
    },
    dispose: async () => {
      await Promise.all(servers.splice(0).map((each) => each.close()));
      await Promise.all(directories.splice(0).map((each) => rm(each, { recursive: true, force: true })));
    },
  };
}

/** What came back over a raw connection until it was closed. */
export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** Sends bytes as they are and collects the answer until the connection ends, or `waitMs` have passed. */
export function raw(port: number, text: string, waitMs = 3_000, host = '127.0.0.1'): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () => socket.write(text));
    const chunks: Buffer[] = [];
    const timer = setTimeout(() => socket.destroy(), waitMs);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.on('close', () => {
      clearTimeout(timer);
      const all = Buffer.concat(chunks).toString();
      const [head = '', ...body] = all.split('\r\n\r\n');
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(all)?.[1] ?? 0), head, body: body.join('\r\n\r\n') });
    });
  });
}

/** A request with these header lines and nothing else. */
export function request(line: string, ...headers: string[]): string {
  return `${[line, ...headers, 'Connection: close'].join('\r\n')}\r\n\r\n`;
}
