import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { failure } from './respond.js';
import type { Answer } from './respond.js';

/** Who may ask. */
export interface GateOptions {
  /** Values of the Host header that are ours, in lower case. */
  readonly hosts: ReadonlySet<string>;
  /** Asked for where it is not null. */
  readonly token: string | null;
}

const METHODS: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD']);
const SITES: ReadonlySet<string> = new Set(['same-origin', 'none']);
const CHALLENGE = { 'www-authenticate': 'Basic realm="hedge-telemetry", charset="UTF-8"' };

/**
 * Why a request is refused before anything else is looked at; null where it is not. The Host comes first: a page of
 * another site that had its name point here (DNS rebinding) learns nothing.
 */
export function refusal(request: IncomingMessage, { hosts, token }: GateOptions): Answer | null {
  const host = onlyValue(request, 'host');
  if (host === null || !hosts.has(host.toLowerCase()))
    return failure(421, 'host', 'Exactly one Host header is expected, with the address that the server printed.');
  if (!isSameOrigin(request, host))
    return failure(
      403,
      'cross-site',
      'Requests that another site started are refused. Type the address into the address bar.',
    );
  if (!METHODS.has(request.method))
    return failure(405, 'method', 'The dashboard is read-only: GET and HEAD.', {
      allow: 'GET, HEAD',
      connection: 'close',
    });
  if (hasBody(request)) return failure(400, 'body', 'A request body is not expected.', { connection: 'close' });
  if (request.url?.startsWith('/') !== true) return failure(400, 'target', 'Expected a path that begins with "/".');
  if (token !== null && !isAuthorised(request, token))
    return failure(401, 'token', 'Expected "Authorization: Bearer <token>", or the token as the password.', CHALLENGE);
  return null;
}

/** Values of the Host header under which a server at this address and port is asked for. */
export function hostsOf(names: readonly string[], port: number): Set<string> {
  const spelled = names.map((name) => (name.includes(':') && !name.startsWith('[') ? `[${name}]` : name).toLowerCase());
  return new Set(spelled.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])));
}

/** What is wrong with a token; null where nothing is. 22 characters of base64url, or 32 of hex, are 128 bits. */
export function tokenTrouble(token: string): string | null {
  if (!/^[A-Za-z0-9_.~+/=-]+$/.test(token)) return 'has characters that a header cannot carry';
  if (new Set(token).size < 8) return 'repeats too few characters to be random';
  const needed = /^[0-9a-f]+$/i.test(token) ? 32 : 22;
  return token.length < needed
    ? `has ${token.length} characters, expected at least ${needed} random ones (128 bits)`
    : null;
}

/** The only value of a header, from what was sent; null where there is none or more than one. */
function onlyValue({ rawHeaders }: IncomingMessage, name: string): string | null {
  const values = rawHeaders.filter((_each, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
  return values.length === 1 ? (values[0] ?? null) : null;
}

function isSameOrigin(request: IncomingMessage, host: string): boolean {
  const origins = request.rawHeaders.some((each, index) => index % 2 === 0 && each.toLowerCase() === 'origin');
  if (origins) {
    const origin = onlyValue(request, 'origin')?.toLowerCase();
    if (origin !== `http://${host.toLowerCase()}` && origin !== `https://${host.toLowerCase()}`) return false;
  }
  const site = request.headers['sec-fetch-site'];
  return site === undefined || (typeof site === 'string' && SITES.has(site));
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0;
}

function isAuthorised({ headers }: IncomingMessage, token: string): boolean {
  const [scheme = '', given = ''] = (headers.authorization ?? '').split(' ');
  if (/^bearer$/i.test(scheme)) return isEqual(given, token);
  if (!/^basic$/i.test(scheme)) return false;
  const pair = Buffer.from(given, 'base64').toString('utf8');
  return isEqual(pair.slice(pair.indexOf(':') + 1), token);
}

/** Takes the same time whatever the texts have in common, their length included. */
function isEqual(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
