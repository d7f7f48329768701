import { join } from 'node:path';
import { parseJson, valueAt } from '@hedge-telemetry/contract';
import type { ReadingState } from '@hedge-telemetry/contract';
import { readRegular } from '@hedge-telemetry/reader';
import type { SurfaceReading } from '@hedge-telemetry/reader';
import { environmentOf, executorOf } from '../api/environment.js';
import type { Known } from '../api/environment.js';
import type { ApiMirror, ApiStatus } from '../api/types.js';
import { lookAt } from './file-look.js';
import type { LedgerFeed } from './ledger-feed.js';
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
}

/** From the least trustworthy on. */
const ORDER: readonly ReadingState[] = ['unreadable', 'invalid', 'skewed', 'stale', 'never', 'absent', 'fresh'];
const REPORT_FILE = 'sync_report.json';

export function createStatusBoard(sources: BoardSources): StatusBoard {
  const { dir, startedAt, watches, feeds } = sources;
  const transitions = createRiskTransitions();
  const reported = watchReport(join(dir, REPORT_FILE), dir);
  let mirror: ApiMirror | null = null;
  let last = '';

  const known: Known = {
    document: (surface) => watches.find((each) => each.surface === surface)?.reading()?.value ?? null,
    newest: (ledger) => feeds.find((each) => each.ledger === ledger)?.health().newest ?? null,
  };
  const status = (now: number): ApiStatus => ({
    now,
    started_at: startedAt,
    environment: environmentOf(known),
    executor: executorOf(known),
    mirror,
    worst: worstOf(watches.map((each) => each.reading()?.state ?? 'never')),
    risk_transitions: transitions.all(),
  });

  return {
    status,
    refresh: async (now) => {
      mirror = sources.mirror === undefined ? await reported() : sources.mirror();
      const risk = watches.find((each) => each.surface === 'risk_snapshot')?.reading() ?? null;
      if (risk !== null) transitions.saw(risk as SurfaceReading<'risk_snapshot'>, now);
      // The mirror's own clock ticks with every pass: on its own it is no news.
      const { mirror: shown, ...facts } = status(0);
      const next = JSON.stringify([facts, shown?.ok, shown?.lag_bytes, Math.floor((shown?.lag_s ?? -1) / LAG_STEP_S)]);
      const isNew = next !== last;
      last = next;
      return isNew;
    },
  };
}

/** The least trustworthy of some states; never where there are none. */
export function worstOf(states: readonly ReadingState[]): ReadingState {
  return ORDER.find((state) => states.includes(state)) ?? 'never';
}

/** How many state surfaces are in which state. */
export function countStates(states: readonly ReadingState[]): Record<ReadingState, number> {
  const counts = Object.fromEntries(ORDER.map((state) => [state, 0])) as Record<ReadingState, number>;
  for (const state of states) counts[state] += 1;
  return counts;
}

const LAG_STEP_S = 5;

/** Reads the report of the mirror's newest pass where it lies in the directory. */
function watchReport(path: string, root: string): () => Promise<ApiMirror | null> {
  let key: string | null = null;
  let mirror: ApiMirror | null = null;
  return async () => {
    const seen = await lookAt(path);
    if (seen.key === key && !seen.isRacy) return mirror;
    key = seen.key;
    const read = key === null ? null : await readRegular(path, root);
    mirror = read?.ok === true ? mirrorOf(parseJson(read.bytes)) : null;
    return mirror;
  };
}

function mirrorOf(parsed: ReturnType<typeof parseJson>): ApiMirror | null {
  if (!parsed.ok) return null;
  const [ts, lag, bytes] = ['/ts', '/lag_s', '/lag_bytes'].map((pointer) => valueAt(parsed.value, pointer));
  if (typeof ts !== 'number') return null;
  return {
    ts,
    ok: valueAt(parsed.value, '/ok') === true,
    lag_s: typeof lag === 'number' ? lag : null,
    lag_bytes: typeof bytes === 'number' ? bytes : 0,
  };
}
