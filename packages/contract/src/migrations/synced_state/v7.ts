import type { SyncedStateV7 } from '../../../generated/types/legacy/synced-state-v7.js';
import type { SyncedState } from '../../../generated/types/synced-state-v1.js';
import type { MigrationReport } from '../migration.js';
import { ageSeconds, convertedMap, NO_HOME } from '../shared/account-values.js';
import { fieldReader } from '../shared/field-reader.js';
import { knownNav, navDetail } from '../shared/nav-detail.js';
import { positionRows } from '../shared/position-rows.js';
import { defined, flag, list, record, text } from '../values.js';

/** State of one loop of v7, in which a NAV of 0 stands for one that is not known, unless the detail confirms it. */
export function migrateSyncedStateV7(document: SyncedStateV7, report: MigrationReport): SyncedState {
  const fields = fieldReader(document, report);
  const nav_detail = fields.optional(
    'nav_detail',
    (value) => {
      const source = record(value);
      return source === null ? null : navDetail(source, report, '/nav_detail', '/nav_snapshot');
    },
    fields.take('nav_snapshot'),
  );
  const state = defined({
    items: fields.required('items', (value) => {
      const rows = list(value);
      return rows === null ? null : positionRows(rows, { canonicalAt: '/items', legacyAt: '/items' }, report);
    }),
    nav: knownNav(fields.take('nav'), nav_detail, report, '/nav'),
    engine_version: fields.required('engine_version', text),
    v6_flags: fields.required('v6_flags', (value) => convertedMap(value, flag, '/v6_flags', report)),
    updated_at: ageSeconds(fields.take('updated_at'), '/updated_at', report),
    nav_detail,
  });
  fields.dropRest(NO_HOME);
  return state;
}
