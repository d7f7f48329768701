const CAUSES: Readonly<Record<string, { readonly what: string; readonly fix: string }>> = {
  EADDRINUSE: { what: 'the port is in use', fix: '--port N with another port, or --port 0 for a free one.' },
  EACCES: { what: 'this user may not use the port', fix: '--port N with N of 1024 and above.' },
  EADDRNOTAVAIL: {
    what: 'this machine does not have the address',
    fix: '--host with an address that `ip addr` shows.',
  },
};

/** The server cannot listen. `code` is the system's, for example EADDRINUSE. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly code: string;
  readonly fix: string;

  constructor(cause: unknown, host: string, port: number) {
    const code = codeOf(cause);
    const { what, fix } = CAUSES[code] ?? {
      what: 'the system refused',
      fix: 'look up the code; try --host 127.0.0.1 and --port 0.',
    };
    super(`cannot listen on ${host.includes(':') ? `[${host}]` : host}:${port}: ${what} (${code})`, { cause });
    this.code = code;
    this.fix = fix;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
