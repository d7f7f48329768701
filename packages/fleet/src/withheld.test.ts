import { describe, expect, test } from 'vitest';
import { place, rulesOf, syncOf } from '../test/carried.js';
import { HEAD, makeLogs, NAV_HISTORY, navLines, shadowHead, T0 } from '../test/logs.js';
import { HEADER } from './headers.js';
import { createMemorySink } from './memory-sink.js';

const SECRET = 'Qx7Zp2Lm9Kd4Rt6W8Hs3Vb5Nf1Jc0GyA';

describe('a secret that has got as far as the files', () => {
  test('does not leave: the string is replaced, every other byte stays', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    const line = (text: string): string =>
      `{"ts":${T0}.0, "nav_total":1e3 ,"note":${JSON.stringify(text)},"id":9007199254740993}\n`;
    logs.append(NAV_HISTORY, `${navLines(1, 1)}${line(`token ${SECRET}`)}${navLines(2, 2)}`);
    const report = await syncOf(logs, sink, { secrets: [SECRET] }).once();
    expect(report).toMatchObject({ ok: false, lines: 3, withheld_lines: 1 });
    expect(report.findings).toMatchObject([{ rule: 'remote-secret', surface: 'nav_history', pointer: '/note' }]);
    expect(JSON.stringify(report)).not.toContain(SECRET);
    const sent = sink.ledger(place, 'nav_history').toString();
    expect(sent).toBe(`${navLines(1, 1)}${line('token [redacted:env-value]')}${navLines(2, 2)}`);
    expect(sink.records(place, 'nav_history')[1]?.headers).toMatchObject({ [HEADER.withheld]: 'redacted' });
    expect(sink.records(place, 'nav_history')[1]?.headers[HEADER.line]).toBeUndefined();
    expect(await syncOf(logs, sink, { secrets: [SECRET] }).once()).toMatchObject({ lines: 0 });
  });

  test.each([
    ['in a key', `{"ts":1,"${SECRET}":1}`],
    ['in what is no JSON', `{"ts":1,"note":"${SECRET}"`],
    ['under a key that is there twice', `{"ts":1,"note":"${SECRET}","note":"fine"}`],
  ])('keeps the record at home %s, and its place is sent', async (_where, text) => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    logs.append(NAV_HISTORY, `${navLines(1, 1)}${text}\n${navLines(2, 2)}`);
    const report = await syncOf(logs, sink, { secrets: [SECRET] }).once();
    expect(report).toMatchObject({ lines: 3, withheld_lines: 1 });
    expect(JSON.stringify(report)).not.toContain(SECRET);
    expect(sink.ledger(place, 'nav_history').toString()).toBe(navLines(1, 2));
    expect(sink.records(place, 'nav_history')[1]?.headers[HEADER.withheld]).toBe('secret');
    expect(await syncOf(logs, sink, { secrets: [SECRET] }).once()).toMatchObject({ lines: 0 });
  });

  test('does not leave in a state document either', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    logs.put(HEAD, shadowHead(T0).replace('{', `{"note":"${SECRET}",`));
    const report = await syncOf(logs, sink, { secrets: [SECRET] }).once();
    expect(rulesOf(report)).toEqual(['remote-secret']);
    expect(Buffer.from(sink.state(place, 'pipeline_v6_shadow_head')?.bytes ?? []).toString()).toBe(
      shadowHead(T0).replace('{', '{"note":"[redacted:env-value]",'),
    );
  });
});

describe('records larger than the sink takes', () => {
  test('are reported, and only their place is sent', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink({ maxPayload: 4096 })];
    const long = `${JSON.stringify({ ts: T0, nav_total: 1, pad: 'x'.repeat(5000) })}\n`;
    const huge = `${'y'.repeat(5 * 1024 * 1024)}\n`;
    logs.append(NAV_HISTORY, `${navLines(1, 1)}${long}${huge}${navLines(2, 2)}`);
    const report = await syncOf(logs, sink).once();
    expect(report).toMatchObject({ ok: false, lines: 4, withheld_lines: 2, lag_bytes: 0 });
    expect(rulesOf(report)).toEqual(['remote-payload-too-large', 'remote-payload-too-large']);
    expect(sink.ledger(place, 'nav_history').toString()).toBe(navLines(1, 2));
    expect(await syncOf(logs, sink).once()).toMatchObject({ ok: true, lines: 0 });
  });
});
