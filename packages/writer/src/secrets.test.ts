import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { registry } from '@hedge-telemetry/contract';
import type { Finding, LedgerName, StateName } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';
import { nav, orderEvent, temporaryDirectory } from '../test/fixtures.js';
import { createWriter } from './index.js';

/** Put together here, so that no scanner takes this file for a leak. */
const TOKEN = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiJleGVjdXRvciJ9', 'c2lnbmF0dXJlLW9mLXRoZS10b2tlbg'].join('.');
const KEY = 'vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A';
const SIGNED = `https://fapi.example.com/fapi/v1/order?symbol=BTCUSDT&timestamp=1764000000000&signature=${'9f2c7be1'.repeat(8)}`;

describe('a secret in a record', () => {
  it.each([
    ['a token', TOKEN, TOKEN],
    ['a signed exchange URL', `GET ${SIGNED} failed`, '9f2c7be1'.repeat(8)],
    ['an API key', `X-MBX-APIKEY: ${KEY}`, KEY],
  ])('is taken out: %s; the record is written and the finding does not hold it', async (_, text, secret) => {
    const heard: Finding[] = [];
    const { ok, line } = await appended({ ...orderEvent, metadata: { note: text } }, heard);
    expect(ok).toBe(true);
    expect(heard).toMatchObject([{ rule: 'secret-redacted', level: 'warning', pointer: '/metadata/note' }]);
    expect(line).toContain('[redacted:');
    expect(JSON.parse(line)).toMatchObject({ type: 'order', symbol: orderEvent.symbol });
    for (const each of [line, JSON.stringify(heard)]) expect(each).not.toContain(secret);
  });

  it('is taken out of a state document, and the rest of it stays as it is', async () => {
    const dir = temporaryDirectory();
    const heard: Finding[] = [];
    const onFinding = (each: Finding) => heard.push(each);
    const writer = createWriter({ dir, onFinding, redaction: { env: { BINANCE_API_SECRET: 'tr0ub4dor&3-horse' } } });
    const given = { ...nav(5), nav_health_snapshot: { age_s: 1, sources_ok: true } };
    expect(writer.publish('nav', given).findings).toEqual([]);
    const health = { schema: 'execution_health_v1', router: {}, risk: {}, errors: [] } as const;
    writer.publish('execution_health', { ...health, errors: [error('denied: tr0ub4dor%263-horse')] });
    await writer.close();
    expect(heard.map(({ rule }) => rule)).toContain('secret-redacted');
    expect(JSON.parse(text(dir, 'nav'))).toMatchObject(given);
    expect(text(dir, 'execution_health')).toContain('denied: [redacted:env-value]');
  });

  it('does not make a text too long for its field: what stands for it is cut, and the record is written', async () => {
    const message = Array.from({ length: 15 }, () => 'https://u:p4ss@h').join(' ');
    const record = { ...orderEvent, type: 'error', message };
    const heard: Finding[] = [];
    const { ok, line } = await appended(record, heard);
    expect(heard.map(({ rule }) => rule)).toEqual(['secret-redacted']);
    expect(ok).toBe(true);
    expect(JSON.parse(line).message).toHaveLength(300);
    expect(line).not.toContain('p4ss');
  });

  it('is not shown in the finding of a record that is refused for it', async () => {
    const { ok, findings } = await appended({ ...orderEvent, qty: TOKEN }, []);
    expect(ok).toBe(false);
    expect(findings.map(({ rule }) => rule)).toContain('secret-redacted');
    expect(JSON.stringify(findings)).not.toContain(TOKEN.slice(0, 12));
  });

  it('is not seen in order ids, client order ids, hashes and UUIDs', async () => {
    const metadata = {
      client_order_id: 'x-HNA2TXFJ3b9f8a7c6d5e4f30',
      order_id: '8389765519543261893',
      config_sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      attempt_id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    };
    const heard: Finding[] = [];
    const { line } = await appended({ ...orderEvent, metadata }, heard);
    expect(heard).toEqual([]);
    expect(JSON.parse(line)).toMatchObject({ metadata });
  });
});

describe('a secret where no other text is valid', () => {
  const secret = '71000000000000000042';

  it('becomes null where null may stand', async () => {
    const { line, heard } = await appendedWith(secret, 'events', { ...orderEvent, order_id: secret });
    expect(heard).toEqual(['secret-redacted']);
    expect(JSON.parse(line)).toMatchObject({ type: 'order', order_id: null });
  });

  it('keeps the record out of the ledger where it may not, which is said and counted', async () => {
    const example = path.resolve(
      import.meta.dirname,
      '../../../schemas/examples/orders_executed/valid/fill-typical.json',
    );
    const fill = JSON.parse(readFileSync(example, 'utf8')) as object;
    const { line, heard, stats } = await appendedWith(secret, 'orders_executed', { ...fill, tradeIds: [secret] });
    expect(heard).toContain('refused-late');
    expect(line).toBe('');
    expect(stats).toMatchObject({ appended: 1, written: 0, withheld: 1 });
  });
});

describe('the printed form of a Python object', () => {
  it('is reported and kept', async () => {
    const heard: Finding[] = [];
    const { line } = await appended({ ...orderEvent, metadata: { qty: "Decimal('1.5')" } }, heard);
    expect(heard).toMatchObject([{ rule: 'python-repr', pointer: '/metadata/qty' }]);
    expect(JSON.parse(line).metadata.qty).toBe("Decimal('1.5')");
  });
});

function error(message: string) {
  return { component: 'router', symbol: null, count: 1, last_error: message, last_ts: 1_764_000_000 };
}

async function appended(record: object, heard: Finding[]) {
  const dir = temporaryDirectory();
  const writer = createWriter({ dir, redaction: { env: {} }, onFinding: (each) => heard.push(each) });
  const { ok, findings } = writer.append('events', record as never);
  await writer.close();
  return { ok, findings, line: ok ? text(dir, 'events') : '' };
}

async function appendedWith(secret: string, ledger: LedgerName, record: object) {
  const dir = temporaryDirectory();
  const heard: Finding[] = [];
  const writer = createWriter({
    dir,
    redaction: { env: { EXCHANGE_API_KEY: secret } },
    onFinding: (each) => heard.push(each),
  });
  expect(writer.append(ledger, record as never).ok).toBe(true);
  await writer.close();
  expect(JSON.stringify(heard)).not.toContain(secret);
  const written = existsSync(path.join(dir, registry[ledger].file)) ? text(dir, ledger) : '';
  return { line: written, heard: heard.map(({ rule }) => rule), stats: writer.stats().ledgers[ledger] };
}

function text(dir: string, name: StateName | LedgerName): string {
  return readFileSync(path.join(dir, registry[name].file), 'utf8');
}
