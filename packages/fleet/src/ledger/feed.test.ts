import { copyFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { registry } from '@hedge-telemetry/contract';
import { expect, test } from 'vitest';
import { makeLogs, NAV_HISTORY, navLines } from '../../test/logs.js';
import { createLedgerFeed } from './feed.js';
import { fingerprint } from './position.js';

test.each([
  ['the rest of it is in the copy', 30],
  ['the ledger has grown beyond where it stood', 300],
])('a ledger that is copied and truncated behind an open view loses no line where %s', async (_where, last) => {
  const logs = makeLogs();
  const path = join(logs.dir, NAV_HISTORY);
  logs.append(NAV_HISTORY, navLines(1, 200));
  const line = navLines(10, 10);
  const start = {
    generation: fingerprint(Buffer.from(navLines(1, 1))),
    previous: null,
    offset: navLines(1, 9).length,
    length: line.length,
    line: fingerprint(Buffer.from(line)),
    source: 'host-a',
  };
  const feed = createLedgerFeed({ entry: registry.nav_history, path, source: 'host-a', start, held: true });
  const lines = feed.lines((finding) => expect.fail(finding.message));
  // The view is open when this returns, and nothing of it was read yet.
  const first = lines.next();
  copyFileSync(path, `${path}.1`);
  truncateSync(path);
  logs.append(NAV_HISTORY, navLines(201, 200 + last));
  const parts: (Buffer | null)[] = [];
  for (let next = await first; next.done !== true; next = await lines.next()) {
    parts.push(next.value.bytes);
    feed.take(next.value);
  }
  expect(Buffer.concat(parts.map((part) => part ?? Buffer.alloc(0))).toString()).toBe(navLines(11, 200 + last));
  expect(feed.lagBytes).toBe(0);
});
