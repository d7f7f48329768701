import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../test/children.js';
import { fileOf, temporaryDirectory } from '../../test/fixtures.js';

const MEGABYTE = 1024 * 1024;
const SIZE = 50 * MEGABYTE;
const dist = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../dist/trade-log/index.js');

/** Reads the ledger of a directory; prints what it found, and by how many MB its memory grew beyond the first 1,000 lines. */
const child = `
  import { createTradeLog } from ${JSON.stringify(pathToFileURL(dist).href)};
  const [dir, order] = process.argv.slice(1);
  let records = 0, nul = 0, last = null, base = 0;
  for await (const { record, findings } of createTradeLog({ dir }).entries('events', { order })) {
    if (record === null) nul += findings.length;
    else { records += 1; last = record.qty; }
    if (records === 1000) base = process.resourceUsage().maxRSS;
  }
  const { heapUsed, external } = process.memoryUsage();
  const grown = (process.resourceUsage().maxRSS - base) / 1024;
  console.log(JSON.stringify({ records, nul, last, grown, heap: (heapUsed + external) / ${MEGABYTE} }));
`;

/** A ledger of 50 MB with a run of NUL bytes in its middle; gives the number of its records. */
function writeLedger(dir: string): number {
  mkdirSync(path.join(dir, 'execution'));
  const file = openSync(fileOf(dir, 'events'), 'w');
  let size = 0;
  let count = 0;
  while (size < SIZE) {
    const lines: string[] = [];
    for (let index = 0; index < 1_000; index += 1, count += 1)
      lines.push(`{"schema":"events_v1","ts":"2025-11-24T00:00:00Z","type":"order","symbol":"BTCUSDT","qty":${count + 1},"price":null,"is_maker":null,"slippage_bps":null,"metadata":{"pad":"${'x'.repeat(count % 4_001)}"}}\n`); // prettier-ignore
    if (count === 10_000) lines.push('\0'.repeat(MEGABYTE));
    size += writeSync(file, lines.join(''));
  }
  closeSync(file);
  return count;
}

describe('a ledger of 50 MB', () => {
  beforeAll(build, 120_000);

  it('is read to the last record in memory that does not grow with it, from either end', () => {
    const dir = temporaryDirectory();
    const count = writeLedger(dir);
    for (const order of ['newest', 'oldest']) {
      const flags = ['--max-old-space-size=48', '--input-type=module', '-e', child, dir, order];
      const got = JSON.parse(execFileSync(process.execPath, flags, { encoding: 'utf8' }));
      expect(got).toMatchObject({ records: count, nul: 1, last: order === 'newest' ? 1 : count });
      expect(got.grown).toBeLessThan(40);
    }
  });
});
