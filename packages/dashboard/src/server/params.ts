import { parsePosition } from '../ledger/position.js';
import type { Position } from '../ledger/position.js';

/** What a request for a ledger asks for. */
export interface LedgerQuery {
  readonly from: Position | number | null;
  readonly before: Position | null;
  readonly since: number | null;
  readonly limit: number;
  readonly fields: readonly string[] | null;
}

/** A query, or what is wrong with it. */
export type ParsedQuery =
  { readonly ok: true; readonly query: LedgerQuery } | { readonly ok: false; readonly message: string };

const KNOWN: ReadonlySet<string> = new Set(['from', 'before', 'since', 'limit', 'fields']);
const FIELD = /^[A-Za-z0-9_]{1,64}(\.[A-Za-z0-9_]{1,64}){0,7}$/;
const MAX_FIELDS = 16;
const LINES = { fallback: 200, most: 5_000 } as const;
const ROWS = { fallback: 100_000, most: 200_000 } as const;

/** Reads the parameters of a request for a ledger. Unknown and repeated ones are errors. */
export function ledgerQuery(search: URLSearchParams): ParsedQuery {
  for (const key of new Set(search.keys())) {
    if (!KNOWN.has(key)) return wrong(`the parameter "${key.slice(0, 40)}" is not known`);
    if (search.getAll(key).length > 1) return wrong(`the parameter "${key}" is given twice`);
  }
  const fields = search.get('fields')?.split(',') ?? null;
  if (fields !== null && (fields.length > MAX_FIELDS || !fields.every((each) => FIELD.test(each))))
    return wrong(`fields: expected at most ${MAX_FIELDS} keys, separated by commas, dots between levels`);
  const bounds = fields === null ? LINES : ROWS;
  const limit = wholeNumber(search.get('limit')) ?? (search.has('limit') ? 0 : bounds.fallback);
  if (limit < 1 || limit > bounds.most) return wrong(`limit: expected a whole number from 1 to ${bounds.most}`);
  const since = search.has('since') ? Number(search.get('since')) : null;
  if (since !== null && !Number.isFinite(since)) return wrong('since: expected seconds since 1970');
  const before = parsePosition(search.get('before') ?? '');
  if (search.has('before') && before === null)
    return wrong('before: expected the position of a line, as an answer gives it');
  const from = wholeNumber(search.get('from')) ?? parsePosition(search.get('from') ?? '');
  if (search.has('from') && from === null) return wrong('from: expected the position of a line, or a byte offset');
  if (from !== null && before !== null) return wrong('from and before exclude each other');
  if (fields !== null && from !== null) return wrong('fields goes with since, before and limit only');
  return { ok: true, query: { from, before, since, limit, fields } };
}

function wrong(message: string): ParsedQuery {
  return { ok: false, message };
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
