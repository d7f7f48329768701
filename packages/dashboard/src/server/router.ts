import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import { isLedgerName, isStateName } from '@hedge-telemetry/contract';
import type { StateName } from '@hedge-telemetry/contract';
import { contractEntry } from '../api/contract.js';
import type { SurfaceAnswer } from '../api/types.js';
import { pageParts } from '../html/page.js';
import type { PageShell } from '../html/shell.js';
import type { Hub } from '../hub/hub.js';
import { surfacesAnswer } from '../api/surfaces.js';
import { metricsText } from '../metrics/text.js';
import { missingDocsPage } from './docs.js';
import type { FileTable } from './files.js';
import { healthRoute } from './health-route.js';
import type { HealthOptions } from './health-route.js';
import { ledgerRoute } from './ledger-route.js';
import { failure, json, SECURITY_HEADERS, send } from './respond.js';
import type { Answer } from './respond.js';
import type { Streams } from './stream.js';

/** What the routes answer from. */
export interface Site extends HealthOptions {
  readonly hub: Hub;
  readonly streams: Streams;
  readonly files: FileTable;
  readonly shell: PageShell;
}

const API = '/api/v1/';
const MAX_URL = 2_048;
const LOOK_MS = 2_000;
/** A page of this age goes as one of now, in milliseconds: what it holds came at most so long before. */
const RECENT_MS = 1_000;

/** Answers a request that the gate let through. */
export async function route(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = request.url ?? '/';
  const isHead = request.method === 'HEAD';
  if (target.length > MAX_URL) return send(response, failure(414, 'target', 'The address is too long.'), isHead);
  const [asked, query] = split(target);
  const path = asked === '/index.html' ? '/' : asked;
  if (path === '/') return sendPage(site, response, isHead);
  if (path === '/events') return openStream(site, request, response, new URLSearchParams(query));
  const file = site.files.get(path);
  if (file !== undefined) return send(response, unlessKnown(file, request), isHead);
  const missing = missingDocsPage(site.files, path);
  if (missing !== null) return send(response, missing, isHead);
  send(response, await answer(site, path, new URLSearchParams(query)), isHead);
}

async function answer(site: Site, path: string, search: URLSearchParams): Promise<Answer> {
  const { hub } = site;
  if (path === '/healthz') return healthRoute(hub, site.streams, site);
  if (path === '/metrics') {
    await looked(hub);
    return {
      status: 200,
      type: 'text/plain; version=0.0.4; charset=utf-8',
      body: metricsText(hub, site.streams.count(), site.streams.dropped()),
    };
  }
  if (path.startsWith(API)) return apiRoute(hub, path.slice(API.length), search);
  return failure(404, 'route', 'There is nothing here.');
}

async function apiRoute(hub: Hub, path: string, search: URLSearchParams): Promise<Answer> {
  const [kind, name, ...more] = path.split('/');
  if (more.length === 0 && name === undefined && kind === 'surfaces') {
    await looked(hub);
    return json(surfacesAnswer(hub));
  }
  if (more.length === 0 && name !== undefined && kind === 'surfaces' && isStateName(name))
    return surfaceRoute(hub, name);
  if (more.length === 0 && name !== undefined && kind === 'ledgers' && isLedgerName(name)) {
    await looked(hub);
    return ledgerRoute(hub, name, search);
  }
  return failure(404, 'route', 'The contract has no surface or ledger of this name; /api/v1/surfaces lists them.');
}

async function surfaceRoute(hub: Hub, name: StateName): Promise<Answer> {
  await looked(hub);
  const surface = hub.surfaces().find((each) => each.name === name);
  if (surface === undefined) return failure(503, 'starting', 'The surface was not read yet.');
  const body: SurfaceAnswer = { now: hub.now(), surface, contract: contractEntry(name) };
  return json(body);
}

/** In parts, without a length: the first one needs nothing to be looked at. What was just looked at is shown at once. */
async function sendPage({ hub, shell }: Site, response: ServerResponse, isHead: boolean): Promise<void> {
  response.writeHead(200, { ...SECURITY_HEADERS, 'content-type': 'text/html; charset=utf-8' });
  if (isHead) return void response.end();
  const known = hub.lookAge() * 1000 < RECENT_MS ? Promise.resolve() : looked(hub);
  for await (const part of pageParts(hub, shell, known)) {
    if (response.destroyed) return;
    response.write(part);
    // The browser asks for the styles meanwhile: nothing is painted before they are there.
    await setImmediate();
  }
  response.end();
}

/** Looks at the files for an answer; where that takes too long or fails, the answer is what is known: it says as of when. */
async function looked(hub: Hub): Promise<void> {
  const waited = new AbortController();
  const enough = delay(LOOK_MS, undefined, { signal: waited.signal }).catch(() => undefined);
  await Promise.race([hub.look().catch(() => undefined), enough]);
  waited.abort();
}

function openStream(
  { streams }: Site,
  request: IncomingMessage,
  response: ServerResponse,
  search: URLSearchParams,
): Promise<void> {
  const header = request.headers['last-event-id'];
  return streams.open(request, response, typeof header === 'string' ? header : search.get('last_event_id'));
}

function unlessKnown(file: Answer, request: IncomingMessage): Answer {
  const etag = file.headers?.['etag'];
  return etag !== undefined && request.headers['if-none-match'] === etag ? { ...file, status: 304, body: '' } : file;
}

function split(target: string): [string, string] {
  const at = target.indexOf('?');
  return at === -1 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)];
}
