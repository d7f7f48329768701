import type { NavV7 } from '../../../generated/types/legacy/nav-v7.js';
import type { Aum, Nav, OffexchangeHolding } from '../../../generated/types/nav-v1.js';
import type { MigrationReport } from '../migration.js';
import { ageSeconds, convertedMap, NO_HOME, wholeRecord } from '../shared/account-values.js';
import { fieldReader } from '../shared/field-reader.js';
import { knownNav, navDetail } from '../shared/nav-detail.js';
import { defined, finiteNumber, flag, nonNegative, record } from '../values.js';

/** NAV of v7, in which 0 stands for a NAV that is not known, unless the detail confirms it. */
export function migrateNavV7(document: NavV7, report: MigrationReport): Nav {
  const fields = fieldReader(document, report);
  const nav_detail = fields.optional('nav_detail', (value) => {
    const source = record(value);
    return source === null ? null : navDetail(source, report, '/nav_detail');
  });
  const nav_total = knownNav(fields.take('nav'), nav_detail, report, '/nav_total');
  report.unknown('/nav_health_snapshot', 'the dialect does not say it');
  const nav = defined({
    nav_total,
    nav_age_s: fields.required('nav_age_s', nonNegative),
    sources_ok: fields.required('sources_ok', flag),
    aum: fields.required('aum', (value) => aum(value, nav_total, report)),
    nav_health_snapshot: null,
    updated_at: ageSeconds(fields.take('updated_ts'), '/updated_at', report),
    nav_detail,
  });
  fields.dropRest(NO_HOME);
  return nav;
}

/** futures is a copy of NAV, hence unknown with it; and so is the total. */
function aum(value: unknown, nav: number | null, report: MigrationReport): Aum | null {
  return wholeRecord(value, report, '/aum', (fields) => {
    const futures = fields.required('futures', finiteNumber);
    const total = fields.required('total', finiteNumber);
    const unknown = nav === null && futures === 0;
    if (unknown) report.recomputed('/aum/futures', futures, null, 'NAV is not known');
    if (unknown && total !== null) report.recomputed('/aum/total', total, null, 'NAV, a part of it, is not known');
    const offexchange = fields.required('offexchange', (holdings) =>
      convertedMap(holdings, (each) => holding(each, report), '/aum/offexchange', report),
    );
    return { futures: unknown ? null : futures, offexchange, total: unknown ? null : total };
  });
}

function holding(value: unknown, report: MigrationReport): OffexchangeHolding | null {
  return wholeRecord(value, report, '/aum/offexchange/*', (fields) => ({
    qty: fields.required('qty', finiteNumber),
    avg_cost: fields.required('avg_cost', finiteNumber),
    mark: fields.required('mark', finiteNumber),
    usd_value: fields.required('usd_value', finiteNumber),
  }));
}
