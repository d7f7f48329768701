// What the children write, and how what they wrote is told from what was torn, altered or mixed.
import { crc32 } from 'node:zlib';

/** The ledgers that the children append to and the surfaces that they publish. */
export const ledgers = ['events', 'risk_vetoes'];
export const surfaces = ['nav', 'positions', 'synced_state'];

/** Lives of a directory are told apart in versions by this factor. */
export const VERSIONS_PER_LIFE = 1_000_000;

const SYMBOLS = Array.from({ length: 40 }, (_, index) => `C${index}USDT`);
/** Lengths of notes: most are short, some make a line of more than one page of memory. */
const LENGTHS = [0, 40, 90, 10, 160, 70, 5_000, 20, 120, 30, 0, 60, 10, 80, 9_000, 50, 100, 20, 140, 0];

/** The mark of record `seq` of a life: found again in the line by `markOf`. */
function mark(ledger, life, seq) {
  const note = '.'.repeat(LENGTHS[(seq * 7 + life) % LENGTHS.length]);
  return { life, seq, note, sum: sumOf(ledger, life, seq, note) };
}

function sumOf(ledger, life, seq, note) {
  return crc32(`${ledger}/${life}/${seq}/${note}`);
}

/** A record of a ledger that carries its life, its number in it, and a checksum. */
export function record(ledger, life, seq) {
  const metadata = mark(ledger, life, seq);
  if (ledger === 'events')
    return { type: 'order', symbol: 'ETHUSDT', qty: 0.25, price: null, is_maker: null, slippage_bps: null, metadata };
  return {
    event_type: 'risk_veto',
    symbol: 'ETHUSDT',
    side: 'BUY',
    position_side: 'LONG',
    strategy: 'trend_follow',
    veto_reason: 'min_notional',
    original_reason: null,
    gate: 'risk_limits',
    limit: 'min_notional',
    reasons: [],
    qty_req: 0.002,
    notional: 5.02,
    thresholds: {},
    source: 'risk_limits',
    veto_detail: metadata,
  };
}

/** Life and number of a parsed record, or null where it is not one of ours, whole. */
export function markOf(ledger, parsed) {
  const { life, seq, note, sum } = (ledger === 'events' ? parsed?.metadata : parsed?.veto_detail) ?? {};
  return sum === sumOf(ledger, life, seq, note) ? { life, seq } : null;
}

/** A document of a surface that holds its version in many places. */
export function document(surface, version) {
  if (surface === 'nav')
    return {
      nav_total: version,
      nav_age_s: 1.5,
      sources_ok: true,
      aum: { futures: version, offexchange: {}, total: version },
      nav_health_snapshot: { age_s: 1.5, sources_ok: true },
      updated_at: 1_764_000_000.25,
    };
  const rows = SYMBOLS.map((symbol) => ({
    symbol,
    qty: version,
    entryPrice: 88_000,
    mark_price: version,
    leverage: 4,
    side: 'LONG',
  }));
  if (surface === 'positions') return rows;
  return { items: rows, nav: version, engine_version: '7.0.0', v6_flags: {}, updated_at: 1_764_000_000.25 };
}

/** The version that a parsed document holds, or null where it holds none or several. */
export function versionOf(surface, parsed) {
  const versions = new Set(versionsIn(surface, parsed));
  const [version] = versions;
  return versions.size === 1 && typeof version === 'number' ? version : null;
}

function versionsIn(surface, parsed) {
  if (surface === 'nav') return [parsed?.nav_total, parsed?.aum?.futures, parsed?.aum?.total];
  const rows = surface === 'positions' ? parsed : parsed?.items;
  if (!Array.isArray(rows) || rows.length !== SYMBOLS.length) return [];
  const inRows = rows.flatMap((row) => [row?.qty, row?.mark_price]);
  return surface === 'positions' ? inRows : [parsed.nav, ...inRows];
}
