import { finding, show } from './finding.js';
import type { Finding } from './finding.js';
import { steps } from './migrations/index.js';
import type { SurfaceName } from './registry.js';

/** A document that was carried to another major version, or why it could not be. */
export type Carried =
  { readonly ok: true; readonly document: unknown } | { readonly ok: false; readonly finding: Finding };

/** Carries a valid document of one major version to another, step by step. Never throws. */
export function carry(surface: SurfaceName, document: unknown, from: number, to: number): Carried {
  let current = document;
  for (let major = from; major !== to; major += to > from ? 1 : -1) {
    const carried = to > from ? up(surface, current, major) : down(surface, current, major);
    if (!carried.ok) return carried;
    current = carried.document;
  }
  return { ok: true, document: current };
}

function up(surface: SurfaceName, document: unknown, major: number): Carried {
  const step = steps[`${surface}/${major}`];
  const name = `v${major}-to-v${major + 1}`;
  if (step === undefined) return failed(surface, name, 'there is no such step');
  return attempt(surface, name, () => step.up(document as never));
}

function down(surface: SurfaceName, document: unknown, major: number): Carried {
  const undo = steps[`${surface}/${major - 1}`]?.down;
  const name = `v${major - 1}-to-v${major}`;
  if (undo !== undefined) return attempt(surface, name, () => undo(document as never));
  const message = `the step ${name} of ${surface} cannot be undone`;
  return { ok: false, finding: finding('step-not-reversible', { surface, message, actual: name }) };
}

function attempt(surface: SurfaceName, name: string, work: () => unknown): Carried {
  try {
    return { ok: true, document: work() };
  } catch (error) {
    return failed(surface, name, error instanceof Error ? error.message : show(error));
  }
}

function failed(surface: SurfaceName, name: string, why: string): Carried {
  const message = `the step ${name} of ${surface} failed`;
  return { ok: false, finding: finding('migration-failed', { surface, message, expected: name, actual: show(why) }) };
}
