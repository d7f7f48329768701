import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { interpret, ledgerNames, parseJson, registry, stateNames, validateWriterView } from '@hedge-telemetry/contract';
import { createReader } from '@hedge-telemetry/reader';
import { createSync } from '@hedge-telemetry/sync';
import { describe, expect, it } from 'vitest';

import { corpus, hasCorpus, withDirectory } from './support.js';

async function parsed(file: string): Promise<unknown> {
  const result = parseJson(await readFile(file));
  if (!result.ok) throw new Error(`${file}: ${result.finding.message}`);
  return result.value;
}

describe.skipIf(!hasCorpus)('the real v7 state surfaces (need the corpus)', () => {
  it.each(stateNames)('%s is recognised and becomes a document that the writer view accepts', async (name) => {
    const result = interpret(name, await parsed(path.join(corpus, 'real-state', registry[name].file)));
    expect(result.dialect).not.toBeNull();
    expect(result.findings.filter(({ level }) => level === 'error')).toEqual([]);
    expect(validateWriterView(name, result.document)).toEqual([]);
  });

  it('gives the seven real positions with their sides, sizes and prices', async () => {
    const { value, dialect } = await createReader({ dir: path.join(corpus, 'real-state') }).read('positions');
    expect(dialect).toBe('v7');
    expect(value).toHaveLength(7);
    for (const row of value ?? []) {
      expect(row).toMatchObject({
        symbol: expect.any(String),
        qty: expect.any(Number),
        entryPrice: expect.any(Number),
        mark_price: expect.any(Number),
      });
      expect(row.qty).not.toBe(0);
      expect(['LONG', 'SHORT', 'BOTH']).toContain(row.side);
    }
  });

  it('gives the real NAV with its age, and null for what v7 never wrote', async () => {
    const source = (await parsed(path.join(corpus, 'real-state/state/nav.json'))) as {
      nav: number;
      updated_ts: number;
    };
    const { value, age_s, state, readings } = await createReader({
      dir: path.join(corpus, 'real-state'),
      now: () => source.updated_ts + 60,
    }).read('nav');
    expect(value?.nav_total).toBe(source.nav);
    expect(value?.updated_at).toBe(source.updated_ts);
    expect(age_s).toBeCloseTo(60, 6);
    expect(state).toBe('fresh');
    expect(value).toMatchObject({ nav_age_s: null, sources_ok: null, nav_health_snapshot: null });
    expect(readings.nav_age_s.state).toBe('absent');
    expect(readings.sources_ok.state).toBe('absent');
  });
});

describe.skipIf(!hasCorpus)('the real ledgers of late 2025 (need the corpus)', () => {
  it.each([
    ['real-logs', 'orders_executed', 1580],
    ['real-logs', 'order_metrics', 638],
    ['real-logs', 'risk_vetoes', 935],
    ['real-state', 'orders_executed', 13],
    ['real-state', 'order_metrics', 9],
    ['real-state', 'risk_vetoes', 15],
  ] as const)(
    '%s: every line of %s is recognised, and becomes a record that the writer view accepts',
    async (layout, ledger, lines) => {
      let count = 0;
      for await (const entry of createReader({ dir: path.join(corpus, layout) }).tail(ledger)) {
        count += 1;
        expect(entry.findings.filter(({ level }) => level === 'error')).toEqual([]);
        expect(entry.dialect).toBe('v7');
        expect(validateWriterView(ledger, entry.record)).toEqual([]);
      }
      expect(count).toBe(lines);
    },
  );

  it('keep their 64-bit order ids through mirror and reader', async () => {
    const text = await readFile(path.join(corpus, 'real-logs/execution/orders_executed.jsonl'), 'utf8');
    const written = new Set(
      [...text.matchAll(/"order_?[iI]d": ?(\d{16,})/g)]
        .map(([, digits]) => digits)
        .filter((each) => !Number.isSafeInteger(Number(each))),
    );
    expect(written.size).toBeGreaterThan(0);
    await withDirectory(async (mirror) => {
      await createSync({ from: path.join(corpus, 'real-logs'), to: mirror }).once();
      const read = new Set<string>();
      for await (const { record } of createReader({ dir: mirror }).tail('orders_executed')) {
        if (record !== null && 'orderId' in record && typeof record.orderId === 'string') read.add(record.orderId);
      }
      for (const id of written) expect(read).toContain(id);
    });
  });

  it('are mirrored byte for byte', async () => {
    await withDirectory(async (mirror) => {
      const from = path.join(corpus, 'real-logs');
      await createSync({ from, to: mirror }).once();
      for (const ledger of ledgerNames.filter((each) =>
        ['orders_executed', 'order_metrics', 'risk_vetoes'].includes(each),
      )) {
        const { file } = registry[ledger];
        expect((await readFile(path.join(mirror, file))).equals(await readFile(path.join(from, file)))).toBe(true);
      }
    });
  });
});
