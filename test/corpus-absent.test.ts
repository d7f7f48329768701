import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { corpus, hasCorpus, repository } from './support.js';

/** Strings that only the corpus holds: exact NAVs, order ids, request ids. */
function marks(): string[] {
  const nav = JSON.parse(readFileSync(path.join(corpus, 'real-state/state/nav.json'), 'utf8')) as {
    nav: number;
    updated_ts: number;
  };
  const orders = readFileSync(path.join(corpus, 'real-logs/execution/orders_executed.jsonl'), 'utf8').slice(0, 400_000);
  const ids = [...orders.matchAll(/"(?:order_id|client_order_id|attempt_id)": ?"?([\w-]{9,})/g)].map(
    ([, id]) => id ?? '',
  );
  return [String(nav.nav), String(nav.updated_ts), ...new Set(ids)];
}

function examples(): string {
  const folder = path.join(repository, 'schemas/examples');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  return files.map((file) => readFileSync(path.join(folder, file), 'utf8')).join('\n');
}

describe.skipIf(!hasCorpus)('the examples (compared with the corpus)', () => {
  it('hold nothing of a real executor’s logs', () => {
    const text = examples();
    expect(text.length).toBeGreaterThan(0);
    expect(marks().filter((mark) => text.includes(mark))).toEqual([]);
  });
});
