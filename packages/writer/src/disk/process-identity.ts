import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, told apart from one that gets its number later. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in clock ticks since the machine did (field 22 of /proc/PID/stat); null without /proc. */
  readonly start: string | null;
  /** Start of the machine; null without /proc. */
  readonly boot: string | null;
  /** Namespace that the number counts in: in two containers the same number is two processes. Null without /proc. */
  readonly namespace: string | null;
  readonly host: string;
}

/** Whether a process runs: `unknown` where this machine cannot see it. */
export type Liveness = 'alive' | 'ended' | 'unknown';

/** Zombie and dead. */
const ENDED_STATES: ReadonlySet<string> = new Set(['Z', 'X']);
/** Field 22 of /proc/PID/stat, counted from 0 behind the name, which is field 2. */
const START_FIELD = 19;

/** This process. */
export function thisProcess(): ProcessIdentity {
  return {
    pid: process.pid,
    start: startOf('self'),
    boot: read('/proc/sys/kernel/random/boot_id')?.trim() ?? null,
    namespace: namespaceOf(),
    host: hostname(),
  };
}

/** Whether `other` runs, as far as `self` can tell. */
export function livenessOf(other: ProcessIdentity, self: ProcessIdentity): Liveness {
  if (other.host !== self.host || other.boot === null || self.boot === null) return 'unknown';
  if (other.boot !== self.boot) return 'ended';
  if (other.namespace !== self.namespace || other.start === null || self.start === null) return 'unknown';
  return startOf(String(other.pid)) === other.start ? 'alive' : 'ended';
}

/**
 * The name of a program is in parentheses and may hold any character; the fields are counted behind the last one. A
 * process that was killed but not yet waited for (Z) has no start: it writes no more.
 */
function startOf(pid: string): string | null {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  return ENDED_STATES.has(fields[0] ?? '') ? null : (fields[START_FIELD] ?? null);
}

function namespaceOf(): string | null {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return null;
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
