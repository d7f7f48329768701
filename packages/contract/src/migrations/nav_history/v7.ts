import type { NavHistoryV7 } from '../../../generated/types/legacy/nav-history-v7.js';
import type { NavPoint } from '../../../generated/types/nav-history-v1.js';
import type { MigrationReport } from '../migration.js';
import { fieldReader } from '../shared/field-reader.js';
import { defined, finiteNumber } from '../values.js';

/** A point of the NAV log. A NAV of 0 is what its writer put where NAV was not known. */
export function migrateNavHistoryV7(document: NavHistoryV7, report: MigrationReport): NavPoint {
  const fields = fieldReader(document, report);
  fields.take('t');
  const nav = fields.required('nav_total', finiteNumber, fields.take('nav'));
  if (nav === 0) report.recomputed('/nav_total', document.nav, null, '0 stands for a NAV that was not known');
  const point = defined({
    ts: document.t,
    nav_total: nav === 0 ? null : nav,
    unrealized_pnl: fields.optional('unrealized_pnl', finiteNumber),
  });
  fields.dropRest('the canonical record does not keep it');
  return point;
}
