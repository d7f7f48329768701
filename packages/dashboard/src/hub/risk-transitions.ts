import type { SurfaceReading } from '@hedge-telemetry/reader';
import type { Reading } from '@hedge-telemetry/contract';
import type { ApiRiskTransition } from '../api/types.js';

const MAX_KEPT = 1_000;

/** Remembers how the risk mode changed while the server ran. */
export interface RiskTransitions {
  /** True where it changed. */
  saw(reading: SurfaceReading<'risk_snapshot'>, now: number): boolean;
  all(): readonly ApiRiskTransition[];
}

export function createRiskTransitions(): RiskTransitions {
  let kept: readonly ApiRiskTransition[] = [];
  return {
    all: () => kept,
    saw: ({ readings, timestamp }, now) => {
      const { state, mode } = spelled(readings.risk_mode);
      const last = kept.at(-1);
      if (last !== undefined && last.state === state && last.mode === mode) return false;
      const { mode: reason } = spelled(readings.risk_mode_reason);
      const isDated = state === 'fresh' && timestamp !== null;
      kept = [...kept.slice(1 - MAX_KEPT), { ts: isDated ? timestamp : now, state, mode, reason }];
      return true;
    },
  };
}

/** What stands there as text, known or not. */
function spelled(reading: Reading<string>): { readonly state: Reading<string>['state']; readonly mode: string | null } {
  const raw: unknown = reading.value ?? ('raw' in reading ? reading.raw : null);
  return { state: reading.state, mode: typeof raw === 'string' ? raw : null };
}
