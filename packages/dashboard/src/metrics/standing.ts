import type { ReadingState } from '@hedge-telemetry/contract';
import type { ApiLedger, ApiStatus, ApiSurface } from '../api/types.js';
import { isReading, rowsOf } from '../view/reading.js';
import { stateOrder } from '../view/states.js';
import type { Family } from './exposition.js';
import type { Sample } from './samples.js';

/** The metrics that every surface has, whatever it holds and whether it is there or not. */
export function surfaceFamilies(surfaces: readonly ApiSurface[]): Family[] {
  const each = (value: (surface: ApiSurface) => number | null): Sample[] => samplesBy('surface', surfaces, value);
  return [
    gauge(
      'hedge_surface_updated_timestamp_seconds',
      'When the document says that it was made; NaN where there is none or it does not say.',
      each(({ timestamp }) => timestamp ?? Number.NaN),
    ),
    gauge(
      'hedge_surface_stale_after_seconds',
      'Age beyond which the surface is stale, the age of its content included; +Inf where silence is normal.',
      each(({ stale_after_s }) => stale_after_s ?? Infinity),
    ),
    gauge(
      'hedge_surface_content_age_seconds',
      'How old the content already was when the document was made.',
      each(({ content_age_s }) => content_age_s),
    ),
    gauge(
      'hedge_surface_valid',
      '1 where there is a document and the whole of it fits the contract.',
      each(({ valid }) => (valid === true ? 1 : 0)),
    ),
    counter(
      'hedge_surface_quarantined_records_total',
      'Documents that the mirror set aside and that are still there.',
      each(({ quarantine }) => quarantine.count ?? 0),
    ),
    gauge(
      'hedge_surface_state',
      'How far the surface can be trusted: 1 for the state that it is in.',
      states(surfaces, 'surface'),
    ),
    gauge(
      'hedge_surface_info',
      'Versions of the surface: as the document names it, as expected, and its dialect.',
      surfaces.map(info),
    ),
    gauge('hedge_surface_rows', 'Rows of a surface that is a list, where it is fresh.', each(freshRows)),
  ];
}

/** The metrics that every ledger has. */
export function ledgerFamilies(ledgers: readonly ApiLedger[]): Family[] {
  const each = (value: (ledger: ApiLedger) => number | null): Sample[] => samplesBy('ledger', ledgers, value);
  return [
    gauge(
      'hedge_ledger_updated_timestamp_seconds',
      'When the newest record says that it was made; NaN where there is none.',
      each(({ timestamp }) => timestamp ?? Number.NaN),
    ),
    gauge(
      'hedge_ledger_stale_after_seconds',
      'Age beyond which the ledger is stale; +Inf where silence is normal.',
      each(({ stale_after_s }) => stale_after_s ?? Infinity),
    ),
    gauge(
      'hedge_ledger_size_bytes',
      'Size of the file that is appended to.',
      each(({ size }) => size),
    ),
    counter(
      'hedge_ledger_lines_total',
      'Lines read since the server started, and the newest before that.',
      each(({ lines_seen }) => lines_seen),
    ),
    counter(
      'hedge_ledger_invalid_lines_total',
      'Those of them that break the contract.',
      each(({ lines_invalid }) => lines_invalid),
    ),
    counter(
      'hedge_ledger_quarantined_records_total',
      'Lines that the mirror listed as broken.',
      each(({ quarantine }) => quarantine.count ?? 0),
    ),
    gauge(
      'hedge_ledger_state',
      'How far the ledger can be trusted: 1 for the state that it is in.',
      states(ledgers, 'ledger'),
    ),
  ];
}

/** The metrics of the executor, the mirror and this server. */
export function serverFamilies(status: ApiStatus, reads: number, clients: number, dropped: number): Family[] {
  const { environment, executor, mirror } = status;
  const one = (value: number | null): Sample[] => (value === null ? [] : [{ labels: {}, value }]);
  const labels = {
    environment: environment.name,
    executor: executor.name ?? '',
    engine_version: executor.engine_version ?? '',
  };
  return [
    gauge('hedge_executor_info', 'The executor as it names itself.', [{ labels, value: 1 }]),
    gauge(
      'hedge_mirror_lag_seconds',
      'How long the source has held something that the mirror does not.',
      one(mirror?.lag_s ?? null),
    ),
    gauge('hedge_mirror_lag_bytes', 'Ledger bytes that the mirror does not hold yet.', one(mirror?.lag_bytes ?? null)),
    gauge('hedge_mirror_pass_timestamp_seconds', 'When the newest pass of the mirror began.', one(mirror?.ts ?? null)),
    gauge(
      'hedge_mirror_stale_after_seconds',
      'Age of the newest pass beyond which the mirror has stopped or hangs; +Inf where nobody promised a further pass.',
      one(mirror === null ? null : (mirror.stale_after_s ?? Infinity)),
    ),
    gauge(
      'hedge_mirror_ok',
      '1 where the newest pass of the mirror found no error.',
      one(mirror === null ? null : Number(mirror.ok)),
    ),
    gauge(
      'hedge_dashboard_looked_timestamp_seconds',
      'When this server last looked at every file.',
      one(status.looked_at),
    ),
    gauge('hedge_dashboard_start_timestamp_seconds', 'When this server started.', one(status.started_at)),
    gauge('hedge_dashboard_stream_clients', 'Open event streams.', one(clients)),
    counter(
      'hedge_dashboard_dropped_clients_total',
      'Event streams that were closed because nobody read them.',
      one(dropped),
    ),
    counter('hedge_dashboard_file_reads_total', 'Times that a changed file was read.', one(reads)),
  ];
}

function gauge(name: string, help: string, samples: readonly Sample[]): Family {
  return { name, type: 'gauge', help, samples };
}

function counter(name: string, help: string, samples: readonly Sample[]): Family {
  return { name, type: 'counter', help, samples };
}

function samplesBy<T extends { readonly name: string }>(
  label: string,
  all: readonly T[],
  value: (each: T) => number | null,
): Sample[] {
  return all.flatMap((each) => {
    const number = value(each);
    return number === null ? [] : [{ labels: { [label]: each.name }, value: number }];
  });
}

function states(all: readonly { readonly name: string; readonly state: ReadingState }[], label: string): Sample[] {
  return all.flatMap(({ name, state }) =>
    stateOrder.map((each) => ({ labels: { [label]: name, state: each }, value: each === state ? 1 : 0 })),
  );
}

function info({ name, version_seen, version_expected, dialect }: ApiSurface): Sample {
  const labels = { surface: name, version: version_seen ?? '', expected: version_expected, dialect: dialect ?? '' };
  return { labels, value: 1 };
}

function freshRows({ readings }: ApiSurface): number | null {
  return isReading(readings) && readings.state === 'fresh' ? (rowsOf(readings)?.length ?? null) : null;
}
