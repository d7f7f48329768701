import { join, posix } from 'node:path';
import { finding, MAX_DOCUMENT_BYTES, registry } from '@hedge-telemetry/contract';
import type { Finding, StateName, SurfaceEntry } from '@hedge-telemetry/contract';
import { ensureDirectory, isOlder, judge, readGuarded, replaceFileDurably } from '@hedge-telemetry/sync';

/** What came of a state document. */
export interface CopiedState {
  readonly isWritten: boolean;
  readonly findings: readonly Finding[];
}

const NOTHING: CopiedState = { isWritten: false, findings: [] };

/**
 * Puts a state document in place below `to`, byte for byte, where a reader can make something of it and it is not older
 * than the copy, by its own time. A copy that is the same is not written again. Never rejects.
 */
export async function copyState(
  to: string,
  executor: string,
  surface: StateName,
  bytes: Uint8Array,
  now: () => number,
): Promise<CopiedState> {
  const entry: SurfaceEntry = registry[surface];
  const file = posix.join(executor, entry.file);
  const path = join(to, file);
  const held = readGuarded(path, MAX_DOCUMENT_BYTES);
  if (held.state === 'read' && held.bytes.equals(bytes)) return NOTHING;
  const verdict = judge({ entry, file: entry.file, now }, bytes);
  if (verdict.grade === 'refused') return refused(verdict.errors);
  const times = held.state === 'read' ? judge({ entry, file: entry.file, now }, held.bytes).times : null;
  if (isOlder(verdict.times, times, now())) {
    const message = 'The document on the server is older than the mirrored copy, which was kept.';
    const expected = `not before ${times?.oldest ?? 'the copy'}`;
    return refused([
      finding('mirror-kept-last-good', { message, expected, actual: `${verdict.times?.newest ?? 'unknown'}` }),
    ]);
  }
  const actual = ensureDirectory(to, posix.dirname(file)) ?? (await replaceFileDurably(path, bytes));
  if (actual === null) return { isWritten: true, findings: [] };
  const message = `The mirror could not be written: ${actual}.`;
  const expected = 'a directory that can be written, with space';
  return refused([finding('write-failed', { message, expected, actual })]);

  function refused(findings: readonly Finding[]): CopiedState {
    return { isWritten: false, findings: findings.map((each) => ({ ...each, surface, file: path })) };
  }
}
