import { finding } from '@hedge-telemetry/contract';
import type { Finding, LedgerName, RuleId } from '@hedge-telemetry/contract';
import type { LedgerPosition } from './ledger/position.js';
import type { Holder } from './presence.js';
import type { SinkError, SinkTrouble } from './sink.js';

/** A ledger and the file that is written of it on this host. */
export interface LedgerAt {
  readonly surface: LedgerName;
  readonly file: string;
}

/** Another host, or another process of this one, goes by the same executor name. */
export interface Clash {
  readonly clash: Finding;
}

const RULES: Readonly<Record<SinkTrouble, readonly [rule: RuleId, expected: string]>> = {
  conflict: ['remote-conflict', 'what this sync has stored last, as the last that is there'],
  unreachable: ['remote-unreachable', 'a server that answers'],
  denied: ['remote-denied', 'credentials that the server knows, and permission for what is asked'],
  'not-provisioned': ['remote-not-provisioned', 'a stream and buckets for this executor'],
  rejected: ['remote-rejected', 'a server that stores what is sent'],
};

/** The finding that a failed sink stands for. Its text comes from the server and the client library, neither of which is told a secret. */
export function sinkFinding({ code, message }: SinkError): Finding {
  const [rule, expected] = RULES[code];
  return finding(rule, { expected, actual: message.slice(0, 300) });
}

/** The clash with a process whose presence stands. */
export function clashWithHolder({ source, instance, host }: Holder): Clash {
  const where = host === null ? '' : ` on ${host}`;
  return clash(null, `a sync${where} that is running, of source ${source}, process ${instance}`);
}

/** The clash with what another source has sent. */
export function clashWithRecord(ledger: LedgerAt, position: LedgerPosition | null): Clash {
  return clash(
    ledger,
    position === null
      ? 'a last record that no sync has sent'
      : `a last record of source ${position.source}, generation ${position.generation}, which no file here begins with`,
  );
}

/** The finding on a server that has lost what it had confirmed. */
export function rolledBack(ledger: LedgerAt, confirmed: LedgerPosition, now: LedgerPosition | null): Finding {
  return finding('remote-rolled-back', {
    ...ledger,
    expected: `${confirmed.offset + confirmed.length} bytes of generation ${confirmed.generation}`,
    actual: now === null ? 'nothing' : `${now.offset + now.length} bytes of generation ${now.generation}`,
  });
}

/** The finding on a ledger that lacks lines which were sent. */
export function diverged(ledger: LedgerAt, sent: LedgerPosition, shared: LedgerPosition): Finding {
  return finding('remote-diverged', {
    ...ledger,
    expected: `${sent.offset + sent.length} bytes of generation ${sent.generation}, as they were sent`,
    actual: `the first ${shared.offset + shared.length} of them`,
  });
}

function clash(ledger: LedgerAt | null, actual: string): Clash {
  return {
    clash: finding('sync-identity-clash', { ...ledger, expected: 'records of this host and directory alone', actual }),
  };
}
