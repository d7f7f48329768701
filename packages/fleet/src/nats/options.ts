/** Where NATS is and how to get in. Secrets come from files only. */
export interface NatsPlace {
  /** Addresses such as `nats://host:4222` or `tls://host:4222`, without user and password. */
  readonly servers: string | readonly string[];
  /** File with an nkey seed, or the credentials file of a JWT user. */
  readonly credsFile?: string;
  /** Certificate of the authority that the server's must be of; TLS is required where this is given. */
  readonly tlsCaFile?: string;
  /** Certificate and key of this client; TLS is required where they are given. */
  readonly tlsCertFile?: string;
  readonly tlsKeyFile?: string;
  /** Longest wait for a connection or an answer, in milliseconds; 5,000 where not given. */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 5000;
const SCHEMES: ReadonlySet<string> = new Set(['nats:', 'tls:']);

/** The longest wait, in milliseconds. */
export function timeoutOf({ timeoutMs = DEFAULT_TIMEOUT_MS }: NatsPlace): number {
  return timeoutMs;
}

/** The addresses. Throws a RangeError, which does not repeat the address, where one is none or holds credentials. */
export function serversOf({ servers }: NatsPlace): string[] {
  return (typeof servers === 'string' ? servers.split(',') : [...servers]).map(serverOf);
}

/**
 * True where an address asks for TLS, or a file that only TLS has use for is given. Throws a RangeError where a
 * certificate comes without its key, or the other way round.
 */
export function wantsTls(place: NatsPlace): boolean {
  const { tlsCaFile, tlsCertFile, tlsKeyFile } = place;
  if ((tlsCertFile === undefined) !== (tlsKeyFile === undefined))
    throw new RangeError('a client certificate and its key come together: give both files');
  return (
    tlsCaFile !== undefined || tlsCertFile !== undefined || serversOf(place).some((each) => each.startsWith('tls:'))
  );
}

/** Throws a RangeError, which repeats no address, where there is no way to connect to such a place. */
export function checkPlace(place: NatsPlace): void {
  serversOf(place);
  wantsTls(place);
}

function serverOf(text: string): string {
  const url = parsed(text.trim());
  if (url === null || !SCHEMES.has(url.protocol) || url.hostname === '')
    throw new RangeError('a server address is nats://host:port or tls://host:port');
  if (url.username !== '' || url.password !== '')
    throw new RangeError('a server address holds no user or password: give a credentials file');
  return `${url.protocol}//${url.host}`;
}

function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
