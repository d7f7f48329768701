import type {
  DailyLoss,
  DrawdownBlock,
  DrawdownLevel,
  PeakState,
  UsdByAsset,
} from '../../../generated/types/risk-snapshot-v1.js';
import type { MigrationReport } from '../migration.js';
import { defined, epochSeconds, finiteNumber, flag, mapValues, nonNegative, record, text } from '../values.js';
import { fieldReader } from './field-reader.js';
import type { Convert } from './field-reader.js';
import { flags, navHealth } from './nav-health.js';
import { zeroMeans } from './zero-means.js';

const NO_HOME = 'the canonical document does not keep it';
const NO_PEAK = '0 is written where there is no peak';
const NO_NAV = '0 is written where NAV is not known';

/** The drawdown block of v7; `at` is where it goes, `from` where it stood. Without a peak its zeros are no measurements. */
export function drawdownBlock(
  value: unknown,
  report: MigrationReport,
  at: string,
  from: string = at,
): DrawdownBlock | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, at, from);
  const known = unlessZero(report, at);
  const measured = measuredAgainst(source['peak'], report, at);
  const block = defined({
    dd_pct: measured('dd_pct', fields.required('dd_pct', finiteNumber)),
    dd_abs: measured('dd_abs', fields.optional('dd_abs', finiteNumber)),
    peak: fields.optional('peak', known(NO_PEAK, 'peak')),
    nav: fields.optional('nav', known(NO_NAV, 'nav')),
    realized_today: fields.optional('realized_today', finiteNumber),
    nav_cache_ts: fields.optional('nav_cache_ts', epochSeconds),
    nav_cache_age_s: fields.optional('nav_cache_age_s', nonNegative, fields.take('nav_cache_age')),
    peak_state_age_s: fields.optional('peak_state_age_s', nonNegative, fields.take('peak_state_age')),
    stale_flags: flags(fields.take('stale_flags')),
    usable: fields.optional('usable', flag),
    nav_health: fields.optional('nav_health', (each) =>
      navHealth(each, report, `${at}/nav_health`, `${from}/nav_health`),
    ),
    peak_state: fields.optional('peak_state', (each) =>
      peakState(each, report, `${at}/peak_state`, `${from}/peak_state`),
    ),
    drawdown: fields.optional('drawdown', (each) => level(each, report, `${at}/drawdown`, `${from}/drawdown`)),
    daily_loss: fields.optional('daily_loss', (each) =>
      dailyLoss(each, report, `${at}/daily_loss`, `${from}/daily_loss`),
    ),
    assets: fields.optional('assets', usdByAsset),
  });
  fields.dropRest(NO_HOME);
  return block;
}

function level(value: unknown, report: MigrationReport, at: string, from: string): DrawdownLevel | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, at, from);
  const known = unlessZero(report, at);
  const measured = measuredAgainst(source['peak_nav'], report, at);
  const result = defined({
    pct: measured('pct', fields.required('pct', nonNegative)),
    abs: measured('abs', fields.optional('abs', nonNegative)),
    peak_nav: fields.optional('peak_nav', known(NO_PEAK, 'peak_nav')),
    nav: fields.optional('nav', known(NO_NAV, 'nav')),
  });
  fields.dropRest(NO_HOME);
  return result;
}

function dailyLoss(value: unknown, report: MigrationReport, at: string, from: string): DailyLoss | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, at, from);
  const known = unlessZero(report, at);
  const measured = measuredAgainst(source['daily_peak'], report, at);
  const result = defined({
    pct: measured('pct', fields.required('pct', nonNegative)),
    daily_peak: fields.optional('daily_peak', known(NO_PEAK, 'daily_peak')),
    nav: fields.optional('nav', known(NO_NAV, 'nav')),
  });
  fields.dropRest(NO_HOME);
  return result;
}

function peakState(value: unknown, report: MigrationReport, at: string, from: string): PeakState | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, at, from);
  const known = unlessZero(report, at);
  for (const copy of ['peak_equity', 'peak_nav', 'ts']) fields.take(copy);
  const result = defined({
    peak: fields.required('peak', known(NO_PEAK, 'peak')),
    daily_peak: fields.optional('daily_peak', known(NO_PEAK, 'daily_peak')),
    peak_ts: fields.optional('peak_ts', epochSeconds),
    daily_ts: fields.optional('daily_ts', epochSeconds),
    updated_at: fields.optional('updated_at', epochSeconds, source['updated_at'] ?? source['ts']),
    stale_healed: fields.optional('stale_healed', flag),
    day: fields.optional('day', text),
  });
  fields.take('updated_at');
  fields.dropRest(NO_HOME);
  return result;
}

function usdByAsset(value: unknown): UsdByAsset | null {
  const source = record(value);
  return source === null ? null : mapValues(source, finiteNumber);
}

function unlessZero(report: MigrationReport, at: string): (why: string, key: string) => Convert<number> {
  return (why, key) => zeroMeans(why, report, `${at}/${key}`, finiteNumber);
}

/** A level that was computed against a peak of 0 is not known. */
function measuredAgainst(
  peak: unknown,
  report: MigrationReport,
  at: string,
): <T extends number | null | undefined>(key: string, measured: T) => T | null {
  const missing = finiteNumber(peak);
  return (key, measured) => {
    if (missing === null || missing > 0 || typeof measured !== 'number') return measured;
    report.unknown(`${at}/${key}`, NO_PEAK);
    return null;
  };
}
