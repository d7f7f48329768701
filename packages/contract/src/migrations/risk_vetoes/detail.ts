import type { RiskVetoesV7 } from '../../../generated/types/legacy/risk-vetoes-v7.js';
import { firstOf, record } from '../values.js';

type Fields = Readonly<Record<string, unknown>>;

/** What the detail of a veto says that the canonical record has keys for. */
interface VetoDetail {
  readonly intent: Fields;
  /** From the detail, or from the copy of risk_limits' detail that the executor attached. */
  lifted(key: Lifted): unknown;
  notional(context: Record<string, unknown>): unknown;
}

type Lifted = (typeof LIFTED)[number];

/** Keys of the detail that stand at the root of the canonical record. */
const LIFTED = ['gate', 'limit', 'reasons', 'thresholds', 'observations', 'notional'] as const;

const NOTIONAL_KEYS = ['notional', 'requested_notional', 'requested_gross_usd'];

export function detailOf(document: RiskVetoesV7): VetoDetail {
  const detail = record(document.veto_detail) ?? {};
  const diagnostics = record(detail['diagnostics']) ?? {};
  const intent = record(detail['intent']) ?? {};
  const lifted = (key: Lifted): unknown => (detail[key] === undefined ? diagnostics[key] : detail[key]);
  const notional = (context: Record<string, unknown>): unknown => {
    const observations = record(lifted('observations')) ?? {};
    const found = [detail, diagnostics, observations, context].map((each) => firstOf(each, NOTIONAL_KEYS));
    return [...found, intent['gross_usd']].find((value) => value !== undefined && value !== null);
  };
  return { intent, lifted, notional };
}

/** The rest of the detail; undefined where nothing is left. */
export function withoutLifted(value: unknown): Record<string, unknown> | undefined {
  const detail = record(value);
  if (detail === null) return undefined;
  const entries = Object.entries(detail).flatMap(([key, each]) => {
    if (LIFTED.some((lifted) => lifted === key)) return [];
    const kept = key === 'diagnostics' ? withoutLifted(each) : each;
    return kept === undefined ? [] : [[key, kept] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
