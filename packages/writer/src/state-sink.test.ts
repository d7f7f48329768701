import { registry } from '@hedge-telemetry/contract';
import { expect, it } from 'vitest';
import { fileThread } from '../test/file-thread.js';
import { nav, temporaryDirectory } from '../test/fixtures.js';
import { prepare } from './prepare.js';
import { createRedaction } from './redact/index.js';
import { createStateSink } from './state-sink.js';

it('encodes what is short, also after a long document, and never what is long', async () => {
  const thread = fileThread('state', temporaryDirectory());
  const redaction = createRedaction({ env: {} });
  let general = 0;
  const sink = createStateSink({
    entry: registry.nav,
    thread,
    now: () => 1,
    prepare(entry, document) {
      general += 1;
      return prepare(entry, document, () => 1, redaction);
    },
    overtaken: () => undefined,
  });
  const wayOf = (assets: number): string => {
    const before = general;
    expect(sink.publish(navOf(assets)).reply).toEqual({ ok: true, findings: [] });
    return general === before ? 'encoded' : 'general';
  };
  expect([1, 500, 20_000, 1, 500, 5000, 1].map(wayOf)).toEqual([
    'encoded',
    'encoded',
    'general',
    'encoded',
    'encoded',
    'general',
    'encoded',
  ]);
  await thread.flush(false);
  await thread.end();
});

function navOf(assets: number) {
  const offexchange = Object.fromEntries(
    Array.from({ length: assets }, (_, index) => [
      `A${index}`,
      { qty: 1, avg_cost: null, mark: null, usd_value: null },
    ]),
  );
  return { ...nav(1), aum: { futures: 1, offexchange, total: 1 } };
}
