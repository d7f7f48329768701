import { placed, registry } from '@hedge-telemetry/contract';
import type { PlacedEntry } from '../ledger/history.js';
import { positionText } from '../ledger/position.js';
import type { ApiEntry } from './types.js';

const RAW_LENGTH = 4_096;

/** A line of a ledger as the API tells it. */
export function apiEntry({ generation, entry }: PlacedEntry): ApiEntry {
  const { ledger, offset, line, record, raw, dialect, version, findings } = entry;
  return {
    id: positionText({ generation, offset }),
    line,
    record,
    raw: record === null ? (raw?.slice(0, RAW_LENGTH) ?? null) : null,
    dialect,
    version,
    findings: findings.length === 0 ? findings : placed(findings, { file: registry[ledger].file }),
  };
}
