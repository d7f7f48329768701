import { carry } from './chain.js';
import { finding, hasErrors } from './finding.js';
import type { Finding } from './finding.js';
import { identify } from './identify.js';
import { workingMajor } from './recognise.js';
import { registry } from './registry.js';
import type { LedgerRecords, StateDocuments, SurfaceEntry, SurfaceName } from './registry.js';
import { validateReaderView } from './validate.js';

/** Surface or ledger to its canonical type. */
export type Documents = StateDocuments & LedgerRecords;

/** What a parsed document is, in canonical form. */
export interface Interpretation<Name extends SurfaceName = SurfaceName> {
  readonly surface: Name;
  /** "canonical", "v<major>" for an older major version, the name of a legacy dialect, or null where the shape is not known. */
  readonly dialect: string | null;
  /** Version of the contract that the canonical form is in; null where the document is not understood. */
  readonly version: string | null;
  /** The canonical document; null where it does not fit the reader view. */
  readonly document: Documents[Name] | null;
  /** The canonical form, valid or not; undefined where there is none. Fields that no finding points at can be read. */
  readonly candidate: unknown;
  readonly findings: readonly Finding[];
}

/** Recognises a parsed document, migrates it where it is in a legacy dialect or of an older version, and validates the result. Never throws. */
export function interpret<Name extends SurfaceName>(surface: Name, parsed: unknown): Interpretation<Name> {
  const { form, document, findings } = identify(surface, parsed);
  if (form === null || document === undefined) return nothing(surface, form?.dialect ?? null, findings);
  const entry = registry[surface];
  const newest = workingMajor(entry);
  if (form.major === newest) return result(surface, form.dialect, document, findings);
  if (hasErrors(findings)) return nothing(surface, form.dialect, findings);
  const carried = carry(surface, document, form.major, newest);
  if (!carried.ok) return nothing(surface, form.dialect, [...findings, carried.finding]);
  if (!form.isLegacy) findings.push(olderVersion(entry, form.major));
  findings.push(...validateReaderView(surface, carried.document));
  return result(surface, form.dialect, carried.document, findings);
}

function olderVersion({ name: surface, schemaTag }: SurfaceEntry, major: number): Finding {
  return finding('older-version', { surface, expected: schemaTag, actual: `${surface}_v${major}` });
}

function result<Name extends SurfaceName>(
  surface: Name,
  dialect: string,
  candidate: unknown,
  findings: Finding[],
): Interpretation<Name> {
  const document = hasErrors(findings) ? null : (candidate as Documents[Name]);
  return { surface, dialect, version: registry[surface].version, document, candidate, findings };
}

function nothing<Name extends SurfaceName>(
  surface: Name,
  dialect: string | null,
  findings: Finding[],
): Interpretation<Name> {
  return { surface, dialect, version: null, document: null, candidate: undefined, findings };
}
