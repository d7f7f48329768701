import type { RequestListener } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { ApiMirror } from '../api/types.js';
import { pageParts } from '../html/page.js';
import { shellOf } from '../html/shell.js';
import type { PageShell } from '../html/shell.js';
import { STYLESHEET, stylesheetAnswer } from '../html/stylesheet.js';
import { createHub } from '../hub/hub.js';
import type { Hub } from '../hub/hub.js';
import { docsTable } from './docs.js';
import { readFileTable } from './files.js';
import { hostsOf, refusal, tokenTrouble } from './gate.js';
import type { GateOptions } from './gate.js';
import { ListenError } from './listen-error.js';
import { isEveryAddress, listen } from './listen.js';
import type { Listening, Timeouts } from './listen.js';
import { failure, NOTHING, send } from './respond.js';
import { route } from './router.js';
import type { Site } from './router.js';
import { createStreams } from './stream.js';
import type { StreamOptions } from './stream.js';
import type { HealthOptions } from './health-route.js';

export interface DashboardOptions {
  /** Logs directory or its mirror. It is only read. */
  readonly dir: string;
  /** 0 takes a free one. */
  readonly port?: number;
  /** Address to listen on instead of 127.0.0.1 and ::1; anything but loopback needs a token. */
  readonly host?: string;
  /** At least 128 random bits, as text. */
  readonly token?: string;
  /** Further names under which the server may be asked for. */
  readonly allowedHosts?: readonly string[];
  /** Generated operator documentation, served below /docs/. */
  readonly docsDir?: string;
  /** Where `nav_log.json` lies, which stands for a missing `nav_history`; the directory itself by default. */
  readonly navLogDir?: string;
  /** How the mirror stands, where the caller runs it. */
  readonly mirror?: () => ApiMirror | null;
  /** The clock, in seconds since 1970. */
  readonly now?: () => number;
  readonly limits?: Partial<StreamOptions> & Timeouts & Partial<HealthOptions>;
  /** Told of what must not happen: a look at the files, or an answer, that failed. */
  readonly onError?: (error: unknown) => void;
}

/** A running server. */
export interface Dashboard {
  /** For a browser on this machine. */
  readonly url: string;
  readonly port: number;
  readonly hub: Hub;
  close(): Promise<void>;
}

/** A `DashboardOptions` that cannot be served; the message says what to change. */
export class DashboardOptionsError extends Error {
  override readonly name = 'DashboardOptionsError';
  readonly code = 'DASHBOARD_OPTIONS';
}

const PAGE_DIR = fileURLToPath(new URL('../../dist-page', import.meta.url));
const INDEX = '/index.html';
/** What browsers ask for where a page names no icon. */
const FAVICON = '/favicon.ico';
const LOOPBACK: readonly string[] = ['127.0.0.1', '::1'];
const LOOPBACK_NAMES: readonly string[] = ['localhost', ...LOOPBACK];
const POLL_MS = 150;
const STREAMS: StreamOptions = {
  maxClients: 2_000,
  maxUnreadBytes: 4 * 1024 * 1024,
  graceMs: 3_000,
  maxUnreadMs: 30_000,
  heartbeatMs: 5_000,
};
const MAX_LOOK_AGE_MS = 10_000;
const SPARE_CONNECTIONS = 200;
const PORT_ATTEMPTS = 10;

/** Reads a directory and serves the dashboard. Rejects with a DashboardOptionsError or a ListenError. */
export async function startDashboard(options: DashboardOptions): Promise<Dashboard> {
  const { dir, now = () => Date.now() / 1000, docsDir, mirror, navLogDir, allowedHosts = [] } = options;
  const { onError = () => undefined, limits } = options;
  const host = options.host;
  const token = checkedToken(options);
  const streamOptions = { ...STREAMS, ...limits };
  const hub = await createHub({ dir, now, mirror, navLogDir });
  const streams = createStreams(hub, streamOptions);
  const files = readFileTable(PAGE_DIR, '/');
  const site: Site = {
    hub,
    streams,
    maxLookAgeMs: limits?.maxLookAgeMs ?? MAX_LOOK_AGE_MS,
    files: new Map([
      ...[...files].filter(([url]) => url !== INDEX && url !== '/'),
      ...docsTable(docsDir),
      [STYLESHEET, stylesheetAnswer()],
      [FAVICON, files.get('/favicon.svg') ?? NOTHING],
    ]),
    shell: shellOf(files.get(INDEX)?.body.toString() ?? null, STYLESHEET, (url) => files.has(url)),
  };
  const gate: { current: GateOptions } = { current: { hosts: new Set(), token } };
  const listener = listenerOf(site, gate, onError);
  const connections = streamOptions.maxClients + SPARE_CONNECTIONS;
  const listening = await listenOn(listener, host, options.port ?? 0, connections, limits).catch((error: unknown) => {
    streams.close();
    throw error;
  });
  const port = listening[0]?.address.port ?? 0;
  const names = [...LOOPBACK_NAMES, ...(host === undefined ? [] : [host]), ...allowedHosts];
  gate.current = {
    hosts: new Set([...hostsOf(names, port), ...allowedHosts.map((name) => name.toLowerCase())]),
    token,
  };
  // The first reader must not wait for code that never ran.
  await warmUp(hub, site.shell).catch(onError);
  const poll = startPolling(hub, onError);
  return {
    url: `http://${urlHost(host)}:${port}/`,
    port,
    hub,
    close: async () => {
      await poll.stop();
      streams.close();
      await Promise.all(listening.map(closeServer));
    },
  };
}

async function warmUp(hub: Hub, shell: PageShell): Promise<void> {
  for await (const _part of pageParts(hub, shell, Promise.resolve()));
}

function listenerOf(
  site: Site,
  gate: { readonly current: GateOptions },
  onError: (error: unknown) => void,
): RequestListener {
  return (request, response) => {
    const refused = refusal(request, gate.current);
    if (refused !== null) return send(response, refused, request.method === 'HEAD');
    route(site, request, response).catch((error: unknown) => {
      onError(error);
      if (response.headersSent) response.destroy();
      else send(response, failure(500, 'internal', 'The server failed to answer.'), request.method === 'HEAD');
    });
  };
}

function checkedToken({ host, token }: DashboardOptions): string | null {
  if (token !== undefined) {
    const trouble = tokenTrouble(token);
    if (trouble !== null) throw new DashboardOptionsError(`the token ${trouble}`);
    return token;
  }
  if (host === undefined || LOOPBACK_NAMES.includes(host)) return null;
  throw new DashboardOptionsError(`${host} can be reached from other machines: a token of at least 128 bits is needed`);
}

/** On both loopback addresses unless a host is given; IPv6 where the machine has it. */
async function listenOn(
  listener: RequestListener,
  host: string | undefined,
  port: number,
  connections: number,
  timeouts: Timeouts | undefined,
): Promise<Listening[]> {
  if (host !== undefined && host !== 'localhost') return [await listen(listener, host, port, connections, timeouts)];
  for (let attempt = 1; ; attempt += 1) {
    const first = await listen(listener, '127.0.0.1', port, connections, timeouts);
    const second = await listen(listener, '::1', first.address.port, connections, timeouts).catch(listenError);
    if (!(second instanceof ListenError)) return [first, second];
    if (second.code !== 'EADDRINUSE') return [first];
    await closeServer(first);
    if (port !== 0 || attempt >= PORT_ATTEMPTS) throw second;
  }
}

function listenError(error: unknown): ListenError {
  if (error instanceof ListenError) return error;
  throw error;
}

function startPolling(hub: Hub, onError: (error: unknown) => void): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;
  let looking: Promise<void> = Promise.resolve();
  const next = (): void => {
    if (isStopped) return;
    timer = setTimeout(() => {
      looking = hub.look().catch(onError).then(next);
    }, POLL_MS);
  };
  next();
  return {
    stop: async () => {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      await looking;
    },
  };
}

function closeServer({ server }: Listening): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function urlHost(host: string | undefined): string {
  if (host === undefined || host === 'localhost' || isEveryAddress(host)) return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
