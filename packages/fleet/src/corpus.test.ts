import { existsSync, readFileSync, utimesSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ledgerNames, registry, stateNames } from '@hedge-telemetry/contract';
import { describe, expect, test } from 'vitest';
import { makeLogs } from '../test/logs.js';
import { HEADER } from './headers.js';
import { createMemorySink } from './memory-sink.js';
import { createRemoteSync } from './remote-sync.js';

interface Row {
  readonly id: string;
  readonly surface: string;
  readonly b64: string;
}

/** The corpora are not part of the repository and may be absent. */
const repository = resolve(import.meta.dirname, '../../..');
const corpus = resolve(repository, process.env['TELEMETRY_CORPUS'] ?? '../shared/corpus');
const hostile = resolve(corpus, 'bad-json/hostile.jsonl');
/** A file of this age may not be in the middle of a write; seconds since 1970. */
const LONG_AGO = 1_000_000_000;
const place = { env: 'prod', executor: 'exec-1' };

describe.each(['real-state', 'real-logs'])('%s', (name) => {
  const from = resolve(corpus, name);
  const isThere = ({ file }: { readonly file: string }): boolean => existsSync(join(from, file));

  test.skipIf(!existsSync(from))(
    `of ${corpus} is sent byte for byte, and nothing of it is taken for a secret`,
    async () => {
      const sink = createMemorySink();
      const now = () => 2_000_000_000;
      const report = await createRemoteSync({ from, sink, executor: place.executor, now }).once();
      expect(report).toMatchObject({ ok: true, findings: [], skipped: [], withheld_lines: 0, lag_bytes: 0 });
      const states = stateNames.filter((each) => isThere(registry[each]));
      const ledgers = ledgerNames.filter((each) => isThere(registry[each]));
      expect(report.sent).toHaveLength(states.length + ledgers.length);
      for (const each of states)
        expect(
          readFileSync(join(from, registry[each].file)).equals(sink.state(place, each)?.bytes ?? Buffer.alloc(0)),
          each,
        ).toBe(true);
      for (const each of ledgers)
        expect(readFileSync(join(from, registry[each].file)).equals(sink.ledger(place, each)), each).toBe(true);
    },
  );
});

describe.skipIf(!existsSync(hostile))(`hostile content of ${hostile}`, () => {
  const rows = existsSync(hostile)
    ? readFileSync(hostile, 'utf8')
        .split('\n')
        .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Row]))
    : [];

  test('reaches the sink as it is in a ledger, but for stack traces and what cannot be scanned', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    const bytes = Buffer.concat(rows.flatMap(({ b64 }) => [Buffer.from(b64, 'base64'), Buffer.from('\n')]));
    logs.append('execution/events.jsonl', bytes);
    const report = await createRemoteSync({ from: logs.dir, sink, executor: place.executor, now: () => 0 }).once();
    expect(report).toMatchObject({ connected: true, lag_bytes: 0 });
    expect(report.malformed_lines).toBeGreaterThan(2000);
    let [offset, withheld] = [0, 0];
    for (const record of sink.records(place, 'events')) {
      const line = bytes.subarray(offset, offset + Number(record.headers[HEADER.length]));
      expect(record.headers[HEADER.offset]).toBe(String(offset));
      if (record.headers[HEADER.withheld] === undefined) expect(line.equals(record.bytes), String(offset)).toBe(true);
      else withheld += 1;
      offset += line.length;
    }
    expect(offset).toBe(bytes.length);
    expect(withheld).toBe(report.withheld_lines);
    expect(withheld).toBeLessThan(20);
  });

  test('reaches it from a state file only whole and valid', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    const sync = createRemoteSync({ from: logs.dir, sink, executor: place.executor, now: () => 0 });
    const counts = { sent: 0, kept: 0 };
    for (const [index, { id, surface, b64 }] of rows.entries()) {
      const name = stateNames.find((each) => registry[each].file === `state/${surface}`);
      if (name === undefined || index % 8 !== 0) continue;
      const content = Buffer.from(b64, 'base64');
      logs.put(registry[name].file, content);
      utimesSync(join(logs.dir, registry[name].file), LONG_AGO, LONG_AGO);
      const report = await sync.once();
      const isSent = report.sent.includes(registry[name].file);
      if (isSent) expect(content.equals(sink.state(place, name)?.bytes ?? Buffer.alloc(0)), id).toBe(true);
      else expect([...report.skipped, ...report.unchanged], id).toContain(registry[name].file);
      counts[isSent ? 'sent' : 'kept'] += 1;
    }
    expect(counts.sent).toBeGreaterThan(5);
    expect(counts.kept).toBeGreaterThan(200);
  });
});
