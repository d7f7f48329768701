import { readFileSync } from 'node:fs';
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
    const { ok, findings, line } = await appended({ ...orderEvent, metadata: { note: text } }, heard);
    expect(ok).toBe(true);
    expect(findings).toMatchObject([{ rule: 'secret-redacted', level: 'warning', pointer: '/metadata/note' }]);
    expect(heard).toEqual(findings);
    expect(line).toContain('[redacted:');
    expect(JSON.parse(line)).toMatchObject({ type: 'order', symbol: orderEvent.symbol });
    for (const each of [line, JSON.stringify(findings)]) expect(each).not.toContain(secret);
  });

  it('is taken out of a state document, and the rest of it stays as it is', async () => {
    const dir = temporaryDirectory();
    const writer = createWriter({ dir, redaction: { env: { BINANCE_API_SECRET: 'tr0ub4dor&3-horse' } } });
    const given = { ...nav(5), nav_health_snapshot: { age_s: 1, sources_ok: true } };
    expect(writer.publish('nav', given).findings).toEqual([]);
    const health = { schema: 'execution_health_v1', router: {}, risk: {}, errors: [] } as const;
    const published = writer.publish('execution_health', { ...health, errors: [error('denied: tr0ub4dor%263-horse')] });
    await writer.close();
    expect(published.findings.map(({ rule }) => rule)).toContain('secret-redacted');
    expect(JSON.parse(text(dir, 'nav'))).toMatchObject(given);
    expect(text(dir, 'execution_health')).toContain('denied: [redacted:env-value]');
  });

  it('does not make a text too long for its field: what stands for it is cut, and the record is written', async () => {
    const message = Array.from({ length: 15 }, () => 'https://u:p4ss@h').join(' ');
    const record = { ...orderEvent, type: 'error', message };
    const { ok, findings, line } = await appended(record, []);
    expect(findings.map(({ rule }) => rule)).toEqual(['secret-redacted']);
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
    const { findings, line } = await appended({ ...orderEvent, metadata }, []);
    expect(findings).toEqual([]);
    expect(JSON.parse(line)).toMatchObject({ metadata });
  });
});

describe('the printed form of a Python object', () => {
  it('is reported and kept', async () => {
    const { findings, line } = await appended({ ...orderEvent, metadata: { qty: "Decimal('1.5')" } }, []);
    expect(findings).toMatchObject([{ rule: 'python-repr', pointer: '/metadata/qty' }]);
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

function text(dir: string, name: StateName | LedgerName): string {
  return readFileSync(path.join(dir, registry[name].file), 'utf8');
}
