import type { Conversion, NavDetail } from '../../../generated/types/nav-v1.js';
import type { MigrationReport } from '../migration.js';
import { defined, finiteNumber, flag, oneOf, text } from '../values.js';
import { convertedMap, NO_HOME, takeFirst, wholeRecord } from './account-values.js';
import { fieldReader } from './field-reader.js';
import type { FieldReader } from './field-reader.js';

const SOURCES: readonly NonNullable<NavDetail['source']>[] = ['live', 'cache', 'unavailable', 'manual', 'capital_base'];
const TOTALS = ['total_nav', 'nav', 'nav_usd'];
const ASSETS = ['assets', 'asset_breakdown', 'breakdown', 'quote_breakdown', 'futures_balances'];
const ZERO = '0 stands for a NAV that was not known';

/** What NAV consists of, each map and sum once. A total of 0 is believed only from a live source. */
export function navDetail(
  source: object,
  report: MigrationReport,
  canonicalAt: string,
  legacyAt: string = canonicalAt,
): NavDetail {
  const fields = fieldReader(source, report, canonicalAt, legacyAt);
  const origin = fields.required('source', (value) => oneOf(value, SOURCES));
  const total = fields.required('total_nav', finiteNumber, takeFirst(fields, source, TOTALS));
  const known = total !== 0 || origin === 'live';
  if (!known) report.recomputed(`${canonicalAt}/total_nav`, total, null, ZERO);
  const detail = defined({
    source: origin,
    nav_mode: fields.optional('nav_mode', text),
    fresh: fields.optional('fresh', flag),
    total_nav: known ? total : null,
    assets: fields.required(
      'assets',
      (value) => convertedMap(value, finiteNumber, `${legacyAt}/assets`, report),
      takeFirst(fields, source, ASSETS),
    ),
    conversions: fields.optional('conversions', (value) =>
      convertedMap(
        value,
        (each) => conversion(each, report, `${canonicalAt}/conversions/*`, `${legacyAt}/conversions/*`),
        `${legacyAt}/conversions`,
        report,
      ),
    ),
  });
  fields.dropRest(NO_HOME);
  return detail;
}

/** NAV where 0 is what the writer put when it did not know, unless the detail confirms it. Null stays null. */
export function knownNav(
  value: unknown,
  detail: NavDetail | null | undefined,
  report: MigrationReport,
  pointer: string,
): number | null {
  if (value === null) return null;
  const nav = finiteNumber(value);
  if (nav === null) report.unknown(pointer, 'the document does not say it');
  if (nav !== 0 || detail?.total_nav === 0) return nav;
  report.recomputed(pointer, value, null, ZERO);
  return null;
}

function conversion(value: unknown, report: MigrationReport, canonicalAt: string, legacyAt: string): Conversion | null {
  const read = (fields: FieldReader): Conversion => ({
    amount: fields.required('amount', finiteNumber),
    price: fields.required('price', finiteNumber),
    value_usd: fields.required('value_usd', finiteNumber),
  });
  return wholeRecord(value, report, canonicalAt, read, legacyAt);
}
