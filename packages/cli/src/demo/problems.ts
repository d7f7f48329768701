import type { Finding } from '@hedge-telemetry/contract';

/** Collects the errors of a run, each once. */
export interface Problems {
  note(findings: readonly Finding[]): void;
  readonly errors: readonly Finding[];
}

const MAX_KEPT = 1_000;

export function createProblems(): Problems {
  const errors = new Map<string, Finding>();
  return {
    note(findings) {
      for (const each of findings) {
        const key = [each.rule, each.surface, each.file, each.line, each.pointer].join(' ');
        if (each.level === 'error' && errors.size < MAX_KEPT && !errors.has(key)) errors.set(key, each);
      }
    },
    get errors() {
      return [...errors.values()];
    },
  };
}
