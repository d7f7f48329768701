import { dirname } from 'node:path';

import { finding, hasErrors, interpret, MAX_DOCUMENT_BYTES, parseJson } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';

import { ensureDirectory, replaceFile } from './atomic-write.js';
import { contentTimes, isOlder } from './content-time.js';
import type { ContentTimes } from './content-time.js';
import { isSettled, lookAt, sameLook } from './file-look.js';
import type { Look } from './file-look.js';
import { readGuarded } from './guarded-read.js';
import { outcome, skipped, withoutSource, writeFailed } from './surface-mirror.js';
import type { Outcome, Route, SurfaceMirror } from './surface-mirror.js';

/** What the two files looked like and what came of it. */
interface Memory {
  readonly source: Look;
  readonly target: Look;
  readonly outcome: Outcome;
}

interface Checked {
  readonly errors: readonly Finding[];
  readonly times: ContentTimes | null;
}

/**
 * Mirrors a state file: the source is parsed to see that it is whole and valid, and then its own bytes are put in
 * place. What is torn, invalid or older than the mirrored copy leaves that copy untouched.
 */
export function createStateMirror(route: Route): SurfaceMirror {
  let memory: Memory | null = null;

  return { entry: route.entry, pass };

  async function pass(): Promise<Outcome> {
    const source = lookAt(route.source);
    const target = lookAt(route.target);
    if (memory !== null && sameLook(memory.source, source) && sameLook(memory.target, target)) return memory.outcome;
    memory = null;
    if (source.state !== 'regular') return withoutSource(route, source, target);
    const read = readGuarded(route.source, MAX_DOCUMENT_BYTES);
    if (read.state === 'missing') return withoutSource(route, read, target);
    if (read.state === 'unreadable') return skipped(route, target, [read.finding]);
    const result = await mirrorDocument(route, read.bytes, target);
    remember(read.look, result);
    return result;
  }

  function remember(source: Look, result: Outcome): void {
    const target = lookAt(route.target);
    if (!isSettled(source) || !isSettled(target) || hasFailed(result)) return;
    memory = { source, target, outcome: result.status === 'mirrored' ? outcome('unchanged') : result };
  }
}

async function mirrorDocument(route: Route, bytes: Buffer, target: Look): Promise<Outcome> {
  const checked = check(route, bytes);
  if (checked.errors.length > 0) {
    return skipped(
      route,
      target,
      checked.errors.map((each) => ({ ...each, file: route.source })),
    );
  }
  const held = readGuarded(route.target, MAX_DOCUMENT_BYTES);
  if (held.state === 'read') {
    if (held.bytes.equals(bytes)) return outcome('unchanged');
    const mirrored = check(route, held.bytes).times;
    if (isOlder(checked.times, mirrored, route.now())) return keptNewer(route, checked.times, mirrored);
  }
  const obstacle = ensureDirectory(route.to, dirname(route.entry.file)) ?? (await replaceFile(route.target, bytes));
  return obstacle === null ? outcome('mirrored') : writeFailed(route, obstacle);
}

function check(route: Route, bytes: Buffer): Checked {
  const parsed = parseJson(bytes);
  if (!parsed.ok) return { errors: [parsed.finding], times: null };
  const { findings, document } = interpret(route.entry.name, parsed.value);
  const errors = hasErrors(findings) ? findings.filter(({ level }) => level === 'error') : [];
  return { errors, times: document === null ? null : contentTimes(route.entry, document) };
}

function keptNewer(route: Route, source: ContentTimes | null, mirrored: ContentTimes | null): Outcome {
  return outcome('skipped', {
    findings: [
      finding('mirror-kept-last-good', {
        surface: route.entry.name,
        file: route.source,
        pointer: route.entry.age.pointer,
        expected: `not before ${mirrored?.oldest ?? 'the mirrored copy'}`,
        actual: `${source?.newest ?? 'unknown'}`,
        message: 'The source is older than the mirrored copy, which was kept.',
        fix: 'Look at what put an older file in place, and at the clock of the writer.',
      }),
    ],
  });
}

function hasFailed(result: Outcome): boolean {
  return result.findings.some(({ rule }) => rule === 'write-failed');
}
