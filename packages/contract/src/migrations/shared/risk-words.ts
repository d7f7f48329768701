import type {
  AtrRegime,
  DrawdownState,
  RiskMode,
  RouterQuality,
  SharpeState,
  TakerBias,
} from '../../../generated/types/execution-health-v1.js';
import { oneOf, record } from '../values.js';

const DRAWDOWN_STATES: readonly DrawdownState[] = ['normal', 'cautious', 'defensive'];
const RISK_MODES: readonly RiskMode[] = ['OK', 'WARN', 'DEFENSIVE', 'HALTED'];
const ATR_REGIMES: readonly AtrRegime[] = ['quiet', 'normal', 'hot', 'panic', 'unknown'];
const SHARPE_STATES: readonly SharpeState[] = ['poor', 'neutral', 'strong', 'unknown'];
const QUALITIES: readonly RouterQuality[] = ['good', 'ok', 'degraded', 'broken', 'poor', 'unknown'];
const BIASES: readonly TakerBias[] = ['prefer_maker', 'balanced', 'prefer_taker'];

/** The class itself, or the block that holds it under `dd_state`. */
export function drawdownState(value: unknown): DrawdownState | null {
  return oneOf(record(value)?.['dd_state'] ?? value, DRAWDOWN_STATES);
}

export function riskMode(value: unknown): RiskMode | null {
  return oneOf(value, RISK_MODES);
}

export function atrRegime(value: unknown): AtrRegime | null {
  return oneOf(value, ATR_REGIMES);
}

export function sharpeState(value: unknown): SharpeState | null {
  return oneOf(value, SHARPE_STATES);
}

export function routerQuality(value: unknown): RouterQuality | null {
  return oneOf(value, QUALITIES);
}

export function takerBias(value: unknown): TakerBias | null {
  return oneOf(value, BIASES);
}
