import { freshnessAt, registry } from '@hedge-telemetry/contract';
import type { LedgerName, ReadingState, StateName } from '@hedge-telemetry/contract';
import type { SurfaceReading } from '@hedge-telemetry/reader';
import { environmentOf, executorOf } from '../api/environment.js';
import type { Known, KnownContent } from '../api/environment.js';
import type { ApiMirror, ApiStatus } from '../api/types.js';
import { mirrorState } from '../view/mirror.js';
import { stateOrder, worst } from '../view/states.js';
import type { LedgerFeed } from './ledger-feed.js';
import { watchMirrorReport } from './mirror-report.js';
import { createRiskTransitions } from './risk-transitions.js';
import type { SurfaceWatch } from './surface-watch.js';

/** The facts that are not of one surface. */
export interface StatusBoard {
  /** True where something changed since the last call. */
  refresh(now: number): Promise<boolean>;
  status(now: number): ApiStatus;
}

export interface BoardSources {
  readonly dir: string;
  readonly startedAt: number;
  readonly watches: readonly SurfaceWatch[];
  readonly feeds: readonly LedgerFeed[];
  readonly mirror: (() => ApiMirror | null) | undefined;
  /** When every file was last looked at. */
  readonly lookedAt: () => number;
}

const LAG_STEP_S = 5;

export function createStatusBoard(sources: BoardSources): StatusBoard {
  const { dir, startedAt, watches, feeds } = sources;
  const transitions = createRiskTransitions();
  const reported = watchMirrorReport(dir);
  let mirror: ApiMirror | null = null;
  let last = '';

  const known = (now: number): Known => ({
    state: stateKnown,
    ledger: (ledger) => ledgerKnown(ledger, now),
  });
  const status = (now: number): ApiStatus => ({
    now,
    started_at: startedAt,
    environment: environmentOf(known(now)),
    executor: executorOf(known(now)),
    mirror,
    looked_at: sources.lookedAt(),
    worst: worst(statesAt(now)) ?? 'never',
    risk_transitions: transitions.all(),
  });

  return {
    status,
    refresh: async (now) => {
      mirror = sources.mirror === undefined ? await reported() : sources.mirror();
      const risk = watches.find((each) => each.surface === 'risk_snapshot')?.reading() ?? null;
      if (risk !== null) transitions.saw(risk as SurfaceReading<'risk_snapshot'>, now);
      // What ticks with every pass is no news: heartbeats tell it.
      const { mirror: shown, now: _now, looked_at: _lookedAt, ...facts } = status(now);
      const next = JSON.stringify([facts, shown?.ok, shown?.lag_bytes, Math.floor((shown?.lag_s ?? -1) / LAG_STEP_S)]);
      const isNew = next !== last;
      last = next;
      return isNew;
    },
  };

  function statesAt(now: number): ReadingState[] {
    const unreadable = feeds.some((each) => each.health().trouble !== null);
    return [
      ...watches.map((each) => each.reading()?.state ?? 'never'),
      ...(unreadable ? (['unreadable'] as const) : []),
      ...(mirror === null ? [] : [mirrorState(mirror, now)]),
    ];
  }

  function stateKnown(surface: StateName): KnownContent {
    const reading = watches.find((each) => each.surface === surface)?.reading();
    return {
      content: reading?.value ?? null,
      state: reading?.state ?? 'never',
      timestamp: reading?.timestamp ?? null,
    };
  }

  function ledgerKnown(ledger: LedgerName, now: number): KnownContent {
    const health = feeds.find((each) => each.ledger === ledger)?.health();
    const timestamp = health?.timestamp ?? null;
    const { state } = freshnessAt(
      { time: timestamp, contentAge: 0, staleAfter: registry[ledger].staleAfterSeconds },
      now,
    );
    return { content: health?.newest ?? null, state, timestamp };
  }
}

/** How many state surfaces are in which state. */
export function countStates(states: readonly ReadingState[]): Record<ReadingState, number> {
  const counts = Object.fromEntries(stateOrder.map((state) => [state, 0])) as Record<ReadingState, number>;
  for (const state of states) counts[state] += 1;
  return counts;
}
