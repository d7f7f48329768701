import type { RedactionFinding } from './kinds.js';

/** Collects findings, one for each kind and place, while a value is walked. */
export interface Recorder {
  readonly path: (string | number)[];
  readonly record: (kind: RedactionFinding['kind'], count?: number) => void;
  readonly findings: () => readonly RedactionFinding[];
}

const NONE: readonly RedactionFinding[] = [];
const MOST_PLACES = 1000;

/** A recorder whose `path` the walk keeps up to date. Beyond 1,000 places, findings are counted by kind at the root. */
export function recorder(): Recorder {
  const path: (string | number)[] = [];
  let found: Map<string, { kind: RedactionFinding['kind']; pointer: string; count: number }> | undefined;
  return {
    path,
    record: (kind, count = 1) => {
      found ??= new Map();
      const pointer = found.size < MOST_PLACES ? path.map((key) => `/${segment(key)}`).join('') : '';
      const key = `${kind} ${pointer}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { kind, pointer, count });
      else known.count += count;
    },
    findings: () => (found === undefined ? NONE : [...found.values()]),
  };
}

function segment(key: string | number): string {
  return String(key).replaceAll('~', '~0').replaceAll('/', '~1');
}
