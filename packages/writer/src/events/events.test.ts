import { describe, expect, it } from 'vitest';
import { fileOf, linesOf, temporaryDirectory } from '../../test/fixtures.js';
import type { AppendResult } from '../writer.js';
import { createWriter } from '../writer.js';
import { createEvents } from './events.js';
import type { Events, EventsOptions } from './events.js';

const NOW = 1_764_000_000.25;
const TS = '2025-11-24T16:00:00.250Z';

/** What the helpers return, and the lines that they leave. */
async function written(
  use: (events: Events) => AppendResult[],
  options?: EventsOptions,
): Promise<{ results: AppendResult[]; lines: Record<string, unknown>[] }> {
  const dir = temporaryDirectory();
  const writer = createWriter({ dir, now: () => NOW });
  const results = use(createEvents(writer, options));
  const { ok } = await writer.close();
  expect(ok).toBe(true);
  const taken = results.some((each) => each.ok);
  return { results, lines: taken ? linesOf(fileOf(dir, 'events')).map((line) => JSON.parse(line)) : [] };
}

function fillOf(events: Events, given: unknown): AppendResult {
  return events.fill(given as never);
}

const head = { schema: 'events_v1', ts: TS };
const empty = { qty: null, price: null, is_maker: null, slippage_bps: null, metadata: {} };

describe('createEvents', () => {
  it('writes one line per call, in the order of the calls, each with ts and type', async () => {
    const { results, lines } = await written((events) => [
      events.order({ symbol: 'ETHUSDT', qty: 0.5, order_id: 8_389_765_988_001_940_435n }),
      fillOf(events, { symbol: 'ETHUSDT', qty: 0.5, price: 3_000, is_maker: true, slippage_bps: 0, fee_usd: 0 }),
      events.cancel({ symbol: 'ETHUSDT', reason: 'not filled in time' }),
      events.refresh({ source: 'balances', interval: 30 }),
      events.error(new Error('boom')),
      events.router({ symbol: 'ETHUSDT', route: 'maker_first', used_fallback: false, metadata: { try: 1 } }),
      events.refresh(),
    ]);
    expect(results.flatMap(({ findings }) => findings)).toEqual([]);
    expect(lines).toEqual([
      { ...head, type: 'order', ...empty, symbol: 'ETHUSDT', qty: 0.5, order_id: '8389765988001940435' },
      { ...head, type: 'fill', symbol: 'ETHUSDT', qty: 0.5, price: 3_000, is_maker: true, slippage_bps: 0, fee_usd: 0, metadata: {} }, // prettier-ignore
      { ...head, type: 'cancel', ...empty, symbol: 'ETHUSDT', reason: 'not filled in time' },
      { ...head, type: 'refresh', ...empty, symbol: null, source: 'balances', interval: 30 },
      { ...head, type: 'error', ...empty, symbol: null, name: 'Error', code: null, message: 'boom' },
      { ...head, type: 'router', ...empty, symbol: 'ETHUSDT', route: 'maker_first', used_fallback: false, metadata: { try: 1 } }, // prettier-ignore
      { ...head, type: 'refresh', ...empty, symbol: null },
    ]);
  });

  it('starts every line with the keys of the contract', async () => {
    const { lines } = await written((events) => [events.order({ symbol: 'ETHUSDT', side: 'BUY', price: 1 })]);
    const contract = ['ts', 'type', 'symbol', 'qty', 'price', 'is_maker', 'slippage_bps', 'metadata'];
    expect(Object.keys(lines[0] ?? {})).toEqual(['schema', ...contract, 'side']);
  });

  it('keeps the order of many calls of every kind', async () => {
    const { lines } = await written((events) =>
      Array.from({ length: 600 }, (_, n) => {
        const metadata = { n };
        if (n % 3 === 0) return events.order({ symbol: 'A', metadata });
        return n % 3 === 1 ? events.error('e', { metadata }) : events.refresh({ metadata });
      }),
    );
    expect(lines.map(({ metadata }) => metadata)).toEqual(Array.from({ length: 600 }, (_, n) => ({ n })));
  });

  it('takes undefined for left out, and the type from the helper', async () => {
    const untyped = { type: 'fill', symbol: 'A', qty: undefined, metadata: undefined };
    const { lines } = await written((events) => [events.order(untyped)]);
    expect(lines).toEqual([{ ...head, type: 'order', ...empty, symbol: 'A' }]);
  });

  it.each<[string, unknown, string]>([
    ['no symbol', {}, 'type-mismatch'],
    ['no price of a fill', { symbol: 'A', qty: 1 }, 'required-missing'],
    ['an unknown key', { symbol: 'A', qty: 1, price: 1, quantity: 1 }, 'unknown-field'],
    ['null', null, 'required-missing'],
    ['a text', 'fill', 'unknown-field'],
    ['a proxy that throws', new Proxy({}, { ownKeys: () => { throw new Error('no'); } }), 'invalid-value'], // prettier-ignore
  ])('refuses a fill with a finding: %s', async (_name, given, rule) => {
    const { results } = await written((events) => [fillOf(events, given)]);
    expect(results[0]?.ok).toBe(false);
    expect(results[0]?.findings.map((each) => each.rule)).toContain(rule);
  });
});

describe('error', () => {
  const request = { headers: { 'X-MBX-APIKEY': 'k' } };
  const exchange = Object.assign(new TypeError('first line\n    at frame (file.js:1:1)'), { code: -4_164, request });

  it.each<[string, unknown, object]>([
    ['an error with a code', exchange, { name: 'TypeError', code: '-4164', message: 'first line' }],
    ['a text', '\r\nsecond\r\nthird', { name: null, code: null, message: 'second' }],
    ['a number', 42, { name: null, code: null, message: '42' }],
    ['nothing', undefined, { name: null, code: null, message: 'nothing' }],
    ['plain data', { code: 'ECONNRESET', message: 'reset' }, { name: null, code: 'ECONNRESET', message: 'reset' }],
    ['any object', { secret: 1 }, { name: null, code: null, message: 'an object that is no error' }],
    ['an error without a message', new RangeError(), { name: 'RangeError', code: null, message: null }],
    ['a proxy that throws', new Proxy({}, { get: () => { throw exchange; } }), { name: null, code: null, message: 'an object that is no error' }], // prettier-ignore
  ])('keeps name, code and first line of %s', async (_name, cause, want) => {
    const { results, lines } = await written((events) => [events.error(cause, { symbol: 'ETHUSDT' })]);
    expect(results[0]?.findings).toEqual([]);
    expect(lines).toEqual([{ ...head, type: 'error', ...empty, symbol: 'ETHUSDT', ...want }]);
  });

  it('cuts what is too long between words, never within one', async () => {
    const long = {
      name: 'N'.repeat(200),
      code: 'c'.repeat(65),
      message: `${'the order, '.repeat(27)}${'s'.repeat(300)}`,
    };
    const { lines } = await written((events) => [events.error(long)]);
    expect(lines[0]).toMatchObject({ name: '…', code: '…', message: `${'the order, '.repeat(27).trim()}…` });
  });

  it('counts the length as the schema does, in code points', async () => {
    const { results, lines } = await written((events) => [events.error('😀'.repeat(300)), events.error('😀 '.repeat(300))]); // prettier-ignore
    expect(results.map(({ ok }) => ok)).toEqual([true, true]);
    expect(lines[0]?.['message']).toBe('😀'.repeat(300));
  });

  it('scrubs the whole text before it is cut, and drops it where that fails', async () => {
    const scrub = (text: string): string => text.replace(/key=\S+/, '[redacted]');
    const text = `${'x'.repeat(280)} key=${'s'.repeat(50)} end`;
    const scrubbed = await written((events) => [events.error(text)], { scrub });
    expect(scrubbed.lines[0]?.['message']).toBe(`${'x'.repeat(280)} [redacted] end`);
    const failing = await written((events) => [events.error(text)], { scrub: () => { throw exchange; } }); // prettier-ignore
    expect(failing.lines[0]?.['message']).toBeNull();
  });
});
