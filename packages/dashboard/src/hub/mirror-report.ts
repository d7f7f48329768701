import { join } from 'node:path';
import { parseJson, SYNC_REPORT_FILE, valueAt } from '@hedge-telemetry/contract';
import { readRegular } from '@hedge-telemetry/reader';
import type { ApiMirror } from '../api/types.js';
import { lookAt } from './file-look.js';
import type { FileLook } from './file-look.js';

/** A mirror that follows its source reports about every second, also where nothing changed. */
const SILENCE_S = 10;

/** Reads what the mirror that writes a directory says of itself there; null where none does. */
export function watchMirrorReport(dir: string): () => Promise<ApiMirror | null> {
  const path = join(dir, SYNC_REPORT_FILE);
  let last: FileLook | null = null;
  let mirror: ApiMirror | null = null;
  return async () => {
    const seen = await lookAt(path);
    if (last !== null && seen.key === last.key && !last.isRacy) return mirror;
    last = seen;
    const read = seen.key === null ? null : await readRegular(path, dir);
    const parsed = read?.ok === true ? parseJson(read.bytes) : null;
    mirror = parsed?.ok === true ? mirrorOf(parsed.value) : null;
    return mirror;
  };
}

function mirrorOf(report: unknown): ApiMirror | null {
  const ts = numberAt(report, '/ts');
  if (ts === null) return null;
  const follows = valueAt(report, '/mode') === 'follow';
  return {
    ts,
    ok: valueAt(report, '/ok') === true,
    lag_s: numberAt(report, '/lag_s'),
    lag_bytes: numberAt(report, '/lag_bytes') ?? 0,
    stale_after_s: follows ? silenceLimit(numberAt(report, '/duration_s') ?? 0) : null,
  };
}

/** `ts` is when the pass began: where passes take long, so does the next report. */
function silenceLimit(passSeconds: number): number {
  return SILENCE_S + 2 * passSeconds;
}

function numberAt(report: unknown, pointer: string): number | null {
  const value = valueAt(report, pointer);
  return typeof value === 'number' ? value : null;
}
