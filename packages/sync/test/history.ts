import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { listSegments } from '../src/ledger-segments.js';

/** Everything that a ledger of a logs directory ever held: what it was rotated to, oldest first, and then itself. */
export function historyOf(logs: string, ledger: string): Buffer {
  const file = join(logs, 'execution', `${ledger}.jsonl`);
  const parts = listSegments(file).map(({ path, isGzip }) =>
    isGzip ? gunzipSync(readFileSync(path)) : readFileSync(path),
  );
  const isThere = readdirSync(join(logs, 'execution')).includes(`${ledger}.jsonl`);
  return Buffer.concat([...parts, ...(isThere ? [readFileSync(file)] : [])]);
}
