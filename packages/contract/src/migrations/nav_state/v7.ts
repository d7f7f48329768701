import type { NavStateV7 } from '../../../generated/types/legacy/nav-state-v7.js';
import type { NavSeriesPoint, NavState } from '../../../generated/types/nav-state-v1.js';
import type { MigrationReport } from '../migration.js';
import { ageSeconds, NO_HOME, takeFirst } from '../shared/account-values.js';
import { fieldReader } from '../shared/field-reader.js';
import { defined, epochSeconds, finiteNumber, list, nonNegative, record } from '../values.js';

const NEVER_COMPUTED = '0 stands for an exposure that was never computed';
const NOT_KNOWN = '0 stands for a value that was not known';

/** Equity curve of v7. Its mirror put 0 where it had no value, and the time of its own writing as the time of the content. */
export function migrateNavStateV7(document: NavStateV7, report: MigrationReport): NavState {
  const fields = fieldReader(document, report);
  const series = fields.required('series', (value) => points(value, report));
  const newest = newestOf(series ?? []);
  const total_equity = fields.required('total_equity', finiteNumber);
  const peak = unlessZero(fields.required('peak_equity', finiteNumber), '/peak_equity', NOT_KNOWN, report);
  const drawdown = (name: string, ...keys: string[]): number | null => {
    const value = fields.required(name, nonNegative, takeFirst(fields, document, keys));
    return peak === null ? unlessZero(value, `/${name}`, NOT_KNOWN, report) : value;
  };
  const exposure = (name: string, convert: (value: unknown) => number | null): number | null | undefined =>
    unlessZero(fields.optional(name, convert), `/${name}`, NEVER_COMPUTED, report);
  const unrealized = fields.required('unrealized_pnl', finiteNumber);
  const state = defined({
    series,
    total_equity: unlessZero(total_equity, '/total_equity', NOT_KNOWN, report),
    peak_equity: peak,
    drawdown_pct: drawdown('drawdown_pct', 'drawdown_pct', 'drawdown'),
    drawdown_abs: drawdown('drawdown_abs', 'drawdown_abs'),
    realized_pnl_today: fields.required(
      'realized_pnl_today',
      finiteNumber,
      takeFirst(fields, document, ['realized_pnl_today', 'realized_pnl']),
    ),
    unrealized_pnl:
      newest?.unrealized_pnl === 0 ? unrealized : unlessZero(unrealized, '/unrealized_pnl', NOT_KNOWN, report),
    updated_at: contentTime(fields.take('updated_at'), newest, report),
    gross_exposure: exposure('gross_exposure', nonNegative),
    net_exposure: exposure('net_exposure', finiteNumber),
    largest_position_value: exposure('largest_position_value', nonNegative),
    drawdown_snapshot_at: fields.optional('drawdown_snapshot_at', epochSeconds),
  });
  fields.dropRest(NO_HOME);
  return state;
}

function unlessZero<T extends number | null | undefined>(
  value: T,
  pointer: string,
  why: string,
  report: MigrationReport,
): T | null {
  if (value !== 0) return value;
  report.recomputed(pointer, value, null, why);
  return null;
}

function points(value: unknown, report: MigrationReport): NavSeriesPoint[] | null {
  return list(value)?.flatMap((each) => point(each, report)) ?? null;
}

function point(value: unknown, report: MigrationReport): NavSeriesPoint[] {
  const source = record(value) ?? {};
  const fields = fieldReader(source, report, '/series/*');
  const t = epochSeconds(fields.take('t'));
  if (t === null) {
    report.dropped('/series/*', 'the point tells no time');
    return [];
  }
  const nav = fields.required('nav', finiteNumber, takeFirst(fields, source, ['nav', 'equity', 'total_equity']));
  const converted = defined({
    t,
    nav: unlessZero(nav, '/series/*/nav', NOT_KNOWN, report),
    unrealized_pnl: fields.optional('unrealized_pnl', finiteNumber),
  });
  fields.dropRest(NO_HOME);
  return [converted];
}

function newestOf(series: readonly NavSeriesPoint[]): NavSeriesPoint | undefined {
  return series.reduce<NavSeriesPoint | undefined>(
    (newest, each) => (newest === undefined || each.t >= newest.t ? each : newest),
    undefined,
  );
}

function contentTime(written: unknown, newest: NavSeriesPoint | undefined, report: MigrationReport): number | null {
  if (newest === undefined) return ageSeconds(written, '/updated_at', report);
  if (epochSeconds(written) !== newest.t) {
    report.recomputed(
      '/updated_at',
      written,
      newest.t,
      'the mirror stamped its own time; the newest point tells the age',
    );
  }
  return newest.t;
}
