import { carry } from './chain.js';
import { finding, hasErrors } from './finding.js';
import type { Finding } from './finding.js';
import { identify } from './identify.js';
import { workingMajor } from './recognise.js';
import { registry } from './registry.js';
import type { SurfaceName } from './registry.js';
import { validateMajor } from './validate.js';

/** A document brought to a major version. */
export interface Converted {
  /** What it was: "canonical", "v<major>", the name of a legacy dialect, or null where the shape is not known. */
  readonly dialect: string | null;
  /** The document, valid in the reader view of the version asked for; null where it could not be brought there. */
  readonly document: unknown;
  /** An error among them says why there is no document. */
  readonly findings: readonly Finding[];
}

/** Brings a parsed document of any version or legacy dialect to a major version: up through the migrations, down where they can be undone. Never throws. */
export function convert(surface: SurfaceName, parsed: unknown, toMajor: number): Converted {
  const { form, document, findings } = identify(surface, parsed);
  const dialect = form?.dialect ?? null;
  const refused = (...reasons: Finding[]): Converted => ({
    dialect,
    document: null,
    findings: [...findings, ...reasons],
  });
  if (form === null || document === undefined || hasErrors(findings)) return refused();
  const known = majorsOf(surface);
  if (!known.includes(toMajor)) {
    const message = `${surface} has no major version ${toMajor}`;
    const expected = `one of ${known.join(', ')}`;
    return refused(finding('migration-failed', { surface, message, expected, actual: String(toMajor) }));
  }
  const carried = carry(surface, document, form.major, toMajor);
  if (!carried.ok) return refused(carried.finding);
  const broken = validateMajor(surface, toMajor, carried.document);
  return hasErrors(broken) ? refused(...broken) : { dialect, document: carried.document, findings };
}

/** The major versions of a surface that readers know, oldest first. */
export function majorsOf(surface: SurfaceName): number[] {
  const entry = registry[surface];
  return [...entry.majors.map(({ major }) => major).toReversed(), workingMajor(entry)];
}
