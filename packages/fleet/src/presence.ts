import { HEADER } from './headers.js';
import { SinkError } from './sink.js';
import type { SinkSession, StoredRecord } from './sink.js';

/** Who says that the executor's telemetry is being carried. */
export interface Holder {
  readonly source: string;
  readonly instance: string;
  /** Name of its machine; null where it does not say. */
  readonly host: string | null;
}

/** Keeps the presence of one executor alive and sees when somebody else holds it. */
export interface PresenceKeeper {
  /** Renews it where that is due. The other holder where there is one whose claim stands; rejects with a SinkError. */
  renew(): Promise<Holder | null>;
  isDue(): boolean;
  clear(): Promise<void>;
}

/** How long a presence lives where nobody says otherwise, in seconds. */
export const PRESENCE_TTL_S = 15;
/** It is renewed so often in its life. */
const RENEWALS = 3;

/** Whether this process has held the presence, in whatever session. */
export interface PresenceHistory {
  held: boolean;
}

/**
 * Makes a keeper. A presence of the same source is taken over (a process that was killed left it), one of another source
 * stands until it has run out; a presence that was ours and is another's now is never taken back.
 */
export function createPresenceKeeper(
  session: SinkSession,
  self: Holder,
  history: PresenceHistory,
  now: () => number,
): PresenceKeeper {
  let revision: number | null = null;
  let renewedAt = -Infinity;

  return { renew, isDue, clear };

  function isDue(): boolean {
    return Math.abs(now() - renewedAt) >= session.presenceTtl / RENEWALS;
  }

  async function renew(): Promise<Holder | null> {
    if (!isDue()) return null;
    if (revision === null) {
      const held = await session.presence();
      const other = held === null ? null : holderOf(held);
      if (other !== null && !isOurs(other)) return other;
      return put(held?.revision ?? 0);
    }
    return put(revision);
  }

  function isOurs({ source, instance }: Holder): boolean {
    return instance === self.instance || (source === self.source && !history.held);
  }

  async function put(expected: number): Promise<Holder | null> {
    const value = JSON.stringify({ ...self, since: now() });
    const headers = {
      [HEADER.source]: self.source,
      [HEADER.instance]: self.instance,
      ...(self.host === null ? {} : { [HEADER.host]: self.host }),
    };
    try {
      revision = await session.putPresence({ bytes: Buffer.from(value), headers }, expected);
      renewedAt = now();
      history.held = true;
      return null;
    } catch (error) {
      if (!(error instanceof SinkError) || error.code !== 'conflict') throw error;
      return taken();
    }
  }

  /** Ours may have run out and gone while this process slept; what has taken its place stands. */
  async function taken(): Promise<Holder | null> {
    const held = await session.presence();
    revision = null;
    if (held === null) return null;
    const other = holderOf(held);
    return other?.instance === self.instance ? null : other;
  }

  async function clear(): Promise<void> {
    if (revision !== null) await session.clearPresence(revision);
    revision = null;
  }
}

function holderOf({ headers }: StoredRecord): Holder | null {
  const source = headers[HEADER.source];
  const instance = headers[HEADER.instance];
  return source === undefined || instance === undefined
    ? null
    : { source, instance, host: headers[HEADER.host] ?? null };
}
