import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson, SYNC_REPORT_FILE, valueAt } from '@hedge-telemetry/contract';
import { ageText } from '../render/values.js';
import { linesOf, shellPath } from './check.js';
import type { Check } from './check.js';

/** A mirror that follows its source renews its report about every second. */
const SILENT_S = 10;
const LAG_S = 5;
const RESTART = 'hedge-telemetry sync --from <source> --to';

/** How the mirror stands, where the directory is one: by the report that it leaves there. */
export function checkMirror(dir: string): Check {
  const lines = linesOf('mirror');
  const now = Date.now() / 1000;
  const path = join(dir, SYNC_REPORT_FILE);
  const report = reportAt(path);
  const ts = valueAt(report, '/ts');
  if (report === null || typeof ts !== 'number')
    return lines.skipped(
      path,
      'there is no report of a mirror: the directory is none, or its mirror is of an older version',
    );
  const age = now - ts;
  const isFollowing = valueAt(report, '/mode') === 'follow';
  if (isFollowing && age > SILENT_S)
    return lines.failed(path, `the mirror has been silent for ${ageText(age)}`, `${RESTART} ${shellPath(dir)}`);
  const lag = valueAt(report, '/lag_s');
  const bytes = valueAt(report, '/lag_bytes');
  if (lag === null) return lines.failed(path, 'the mirror cannot read its source', 'hedge-telemetry doctor <source>');
  if (valueAt(report, '/ok') === false)
    return lines.warning(path, 'the last pass found errors', `hedge-telemetry check ${shellPath(dir)}`);
  if (typeof lag === 'number' && lag > LAG_S)
    return lines.warning(
      path,
      `the mirror is ${ageText(lag)} and ${Number(bytes)} ledger bytes behind`,
      'look at the load and the disk of both machines',
    );
  return lines.ok(
    path,
    `${isFollowing ? 'follows its source' : 'was mirrored once'}, ${ageText(age)} ago, nothing behind`,
  );
}

function reportAt(path: string): unknown {
  try {
    const parsed = parseJson(readFileSync(path));
    return parsed.ok ? parsed.value : null;
  } catch {
    return null;
  }
}
