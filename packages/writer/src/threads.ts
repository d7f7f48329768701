import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { registry } from '@hedge-telemetry/contract/writing';
import type { Finding, SurfaceName } from '@hedge-telemetry/contract';
import { createFileThread } from './file-thread.js';
import type { FileThread } from './file-thread.js';
import { syncInterval } from './options.js';
import type { WriterOptions } from './options.js';
import type { ThreadData } from './thread/protocol.js';

/** The threads of a writer, none of which runs before something is handed to it. */
export interface Threads {
  readonly state: FileThread;
  readonly ledger: FileThread;
  /** Takes the records that a ledger's queue has no room for; null where they are refused. */
  readonly spill: FileThread | null;
  readonly all: readonly FileThread[];
}

const TOKEN_BYTES = 16;
const surfaces: readonly SurfaceName[] = Object.values(registry).map(({ name }) => name);
const places = new Map(surfaces.map((name, index) => [name, index]));

export function createThreads(options: WriterOptions, say: (finding: Finding) => void): Threads {
  const { dir, redaction = {}, durability = 'atomic', queue = {}, rotation = {} } = options;
  const { keep = {}, ...rotated } = rotation;
  const { policy = 'reject', spillDir = path.join(dir, 'spill') } = queue;
  const common = {
    surfaces,
    say,
    mode: durability,
    syncEvery: syncInterval(options.syncEvery),
    redaction: { ...redaction, env: { ...(redaction.env ?? process.env) }, root: redaction.root ?? process.cwd() },
    token: randomBytes(TOKEN_BYTES).toString('hex'),
  };
  const at = (shown: string): Pick<ThreadData, 'dir' | 'shown'> => ({ dir: path.resolve(shown), shown });
  const make = (own: Pick<ThreadData, 'role' | 'suffix' | 'rotation' | 'keep' | 'dir' | 'shown'>): FileThread =>
    createFileThread({ ...common, ...own });
  const state = make({ role: 'state', suffix: '.jsonl', rotation: {}, keep: {}, ...at(dir) });
  const ledger = make({ role: 'ledger', suffix: '.jsonl', rotation: rotated, keep, ...at(dir) });
  const spill =
    policy === 'spill'
      ? make({ role: 'ledger', suffix: '.spill.jsonl', rotation: {}, keep: {}, ...at(spillDir) })
      : null;
  return { state, ledger, spill, all: spill === null ? [state, ledger] : [state, ledger, spill] };
}

/** A counter of a surface or ledger in one of the threads. */
export function threadCounter(thread: FileThread, name: SurfaceName, counter: number): number {
  return thread.counter(places.get(name) ?? 0, counter);
}
