import type { PositionsV7 } from '../../../generated/types/legacy/positions-v7.js';
import type { Positions } from '../../../generated/types/positions-v1.js';
import type { MigrationReport } from '../migration.js';
import { NO_HOME, takeFirst } from '../shared/account-values.js';
import { fieldReader } from '../shared/field-reader.js';
import { positionRows } from '../shared/position-rows.js';
import { epochSeconds, list } from '../values.js';

/** Same positions each, richest rows first. */
const CONTAINERS = ['positions', 'items', 'rows'] as const;
const TIMES = ['updated', 'updated_ts', 'updated_at'];

/** Positions of v7, which hold the same rows up to three times. Every row takes the time of the document. */
export function migratePositionsV7(document: PositionsV7, report: MigrationReport): Positions {
  const fields = fieldReader(document, report);
  const updated_ts = epochSeconds(takeFirst(fields, document, TIMES));
  const container = CONTAINERS.find((key) => filled(document[key])) ?? CONTAINERS.find((key) => list(document[key]));
  const rows = container === undefined ? [] : (list(fields.take(container)) ?? []);
  if (updated_ts === null && rows.length > 0) report.unknown('/*/updated_ts', 'the document tells no time');
  fields.dropRest(NO_HOME);
  return positionRows(rows, { canonicalAt: '', legacyAt: `/${container}`, updated_ts }, report);
}

function filled(value: unknown): boolean {
  const rows = list(value);
  return rows !== null && rows.length > 0;
}
