import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { documentTime, judgeAge, ledgerNames, registry, stateNames } from '@hedge-telemetry/contract';
import type { Finding, LedgerName, ReadingState, StateName, SurfaceName } from '@hedge-telemetry/contract';
import { createReader } from '@hedge-telemetry/reader';
import type { LedgerEntry } from '@hedge-telemetry/reader';
import { createFindingsSeen } from './findings-seen.js';
import type { SeenFinding } from './findings-seen.js';
import { watchState } from './state-watch.js';
import { countDocument, countLevels, untracked } from './tracked.js';
import type { Tracked } from './tracked.js';

/** Something that happened in a watched directory. */
export type WatchEvent =
  | {
      readonly event: 'state';
      /** Seconds since 1970. */
      readonly ts: number;
      readonly surface: SurfaceName;
      /** Null at the first look. */
      readonly from: ReadingState | null;
      readonly to: ReadingState;
      readonly age_s: number | null;
    }
  | { readonly event: 'finding'; readonly ts: number; readonly finding: Finding };

export interface MonitorOptions {
  readonly dir: string;
  /** Looks once at everything that is there; else until the signal is aborted. */
  readonly once: boolean;
  readonly signal: AbortSignal;
  readonly onEvent: (event: WatchEvent) => void;
}

/** A directory that is being watched. */
export interface Monitor {
  /** Resolves when the watch has ended. */
  run(): Promise<void>;
  /** Every state surface and ledger, as it stands now. */
  surfaces(): readonly Tracked[];
  /** What was found, in the order in which it was met. */
  findings(): SeenFinding[];
}

const LOOK_MS = 200;

/** Makes the watch of a logs directory: state files are looked at, ledgers are followed. */
export function createMonitor({ dir, once, signal, onEvent }: MonitorOptions): Monitor {
  const now = (): number => Date.now() / 1000;
  const reader = createReader({ dir, now });
  const seen = createFindingsSeen();
  const tracked = new Map<SurfaceName, Tracked>([...stateNames, ...ledgerNames].map((name) => [name, untracked(name)]));
  const newest = new Map<LedgerName, LedgerEntry>();
  const looked = new Set<SurfaceName>();
  /** State surfaces of which there is a document that nothing was said of yet. */
  const unsaid = new Set<SurfaceName>();

  const of = (surface: SurfaceName): Tracked => tracked.get(surface) ?? untracked(surface);
  const note = (surface: SurfaceName, findings: readonly Finding[]): void => {
    for (const finding of seen.add(findings)) onEvent({ event: 'finding', ts: now(), finding });
    countLevels(of(surface), findings);
  };
  const pass = (surface: SurfaceName, to: ReadingState, age_s: number | null): void => {
    const each = of(surface);
    const from = looked.has(surface) ? each.state : null;
    looked.add(surface);
    each.state = to;
    each.age_s = age_s;
    if (from !== to && !(from === null && to === 'never'))
      onEvent({ event: 'state', ts: now(), surface, from, to, age_s });
  };

  const watches = stateNames.map((surface) => ({ surface, look: watchState(dir, surface, reader) }));
  const lookAtState = async (
    surface: StateName,
    look: ReturnType<typeof watchState>,
    isLast: boolean,
  ): Promise<void> => {
    const { state, age_s, reading, isNew, isPending, findings } = await look(now());
    if (isNew && state !== 'never') countDocument(of(surface), reading);
    if (isNew) unsaid.add(surface);
    if (isPending && !isLast) return;
    if (unsaid.delete(surface) || of(surface).state !== state)
      note(
        surface,
        findings.filter(({ rule }) => rule !== 'file-missing'),
      );
    pass(surface, state, age_s);
  };
  const judged = new Map<LedgerName, LedgerEntry>();
  /** A ledger whose older records are still being read is not stale for that. */
  const lookAtLedger = (ledger: LedgerName, isLast: boolean): void => {
    const entry = newest.get(ledger);
    const isMoving = entry !== undefined && judged.get(ledger) !== entry;
    const { state, age_s, findings } = ledgerState(dir, entry, now());
    if (entry !== undefined) judged.set(ledger, entry);
    if (isMoving && !isLast && state !== 'fresh') return;
    if (of(ledger).state !== state) note(ledger, findings);
    pass(ledger, state, age_s);
  };
  const look = async (isLast: boolean): Promise<void> => {
    for (const each of watches) await lookAtState(each.surface, each.look, isLast);
    for (const ledger of ledgerNames) lookAtLedger(ledger, isLast);
  };
  const lookOn = async (): Promise<void> => {
    while (!signal.aborted) {
      await look(false);
      await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  };
  const follow = async (ledger: LedgerName): Promise<void> => {
    for await (const entry of reader.tail<LedgerName>(ledger, { follow: !once, signal })) {
      if (entry.findings.some(({ rule }) => rule === 'line-unterminated')) continue;
      newest.set(ledger, entry);
      if (entry.end > entry.offset) countDocument(of(ledger), { ...entry, value: entry.record });
      if (entry.findings.length > 0) note(ledger, entry.findings);
    }
  };
  return {
    run: async () => {
      const ledgers = Promise.all(ledgerNames.map(follow));
      if (!once) await lookOn();
      await ledgers;
      await look(true);
    },
    surfaces: () => [...tracked.values()],
    findings: () => seen.list(),
  };
}

/** A ledger is as old as its newest record; where silence is normal it does not become stale. */
function ledgerState(
  dir: string,
  entry: LedgerEntry | undefined,
  now: number,
): { readonly state: ReadingState; readonly age_s: number | null; readonly findings: readonly Finding[] } {
  if (entry === undefined) return { state: 'never', age_s: null, findings: [] };
  if (entry.end === entry.offset) return { state: 'unreadable', age_s: null, findings: [] };
  if (entry.record === null) return { state: 'invalid', age_s: null, findings: [] };
  const about = registry[entry.ledger];
  const { state, age_s, finding } = judgeAge(about, entry.record, documentTime(about, entry.record), now);
  return {
    state,
    age_s,
    findings: finding === null ? [] : [{ ...finding, surface: entry.ledger, file: join(dir, about.file) }],
  };
}
