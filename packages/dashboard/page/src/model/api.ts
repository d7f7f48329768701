import type { ColumnsAnswer, LedgerAnswer, SurfacesAnswer } from '../../../src/api/types.js';

/** A connection may hang without ending; the answer to a month of points may take a while. */
const PATIENCE_MS = 30_000;

/** Parameters of a request for the lines of a ledger. */
export interface LedgerQuery {
  readonly before?: string;
  readonly from?: string;
  readonly since?: number;
  readonly limit?: number;
}

/** Everything but ledger lines, with what the contract says. */
export function fetchSurfaces(): Promise<SurfacesAnswer> {
  return getJson('api/v1/surfaces');
}

/** A page of a ledger. */
export function fetchEntries(ledger: string, query: LedgerQuery): Promise<LedgerAnswer> {
  return getJson(`api/v1/ledgers/${encodeURIComponent(ledger)}?${parameters(query)}`);
}

/** Columns of a ledger. */
export function fetchColumns(ledger: string, fields: readonly string[], query: LedgerQuery): Promise<ColumnsAnswer> {
  const search = parameters(query);
  search.set('fields', fields.join(','));
  return getJson(`api/v1/ledgers/${encodeURIComponent(ledger)}?${search}`);
}

function parameters(query: LedgerQuery): URLSearchParams {
  return new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );
}

async function getJson<T>(path: string): Promise<T> {
  const response = await fetch(`/${path}`, {
    headers: { accept: 'application/json' },
    cache: 'no-store',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) throw new Error(`The server answered ${response.status} to /${path}.`);
  return (await response.json()) as T;
}
