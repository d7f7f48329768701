import { finding, hasErrors, show } from './finding.js';
import type { Finding } from './finding.js';
import { migrations } from './migrations/index.js';
import type { MigrationReport } from './migrations/migration.js';
import { recognise } from './recognise.js';
import { registry } from './registry.js';
import type { LedgerRecords, StateDocuments, SurfaceEntry, SurfaceName } from './registry.js';
import { validateDialect, validateReaderView } from './validate.js';

/** Surface or ledger to its canonical type. */
export type Documents = StateDocuments & LedgerRecords;

/** What a parsed document is, in canonical form. */
export interface Interpretation<Name extends SurfaceName = SurfaceName> {
  readonly surface: Name;
  /** "canonical", the name of a legacy dialect, or null where the shape is not known. */
  readonly dialect: string | null;
  /** Version of the contract that the canonical form is in; null where the document is not understood. */
  readonly version: string | null;
  /** The canonical document; null where it does not fit the reader view. */
  readonly document: Documents[Name] | null;
  /** The canonical form, valid or not; undefined where there is none. Fields that no finding points at can be read. */
  readonly candidate: unknown;
  readonly findings: readonly Finding[];
}

/** Recognises a parsed document, migrates it where it is in a legacy dialect, and validates the result. Never throws. */
export function interpret<Name extends SurfaceName>(surface: Name, parsed: unknown): Interpretation<Name> {
  const entry = registry[surface];
  const document = withoutBigints(parsed);
  const { dialect, major } = recognise(entry, document);
  if (dialect === null) return nothing(surface, null, [unrecognised(entry, document)]);
  if (dialect === 'canonical') return canonical(surface, document, major);
  return migrated(surface, dialect, document);
}

function canonical<Name extends SurfaceName>(
  surface: Name,
  document: unknown,
  major: number | null,
): Interpretation<Name> {
  const { version, schemaTag } = registry[surface];
  const findings: Finding[] = [];
  const known = Number(version.split('.')[0]);
  if (major !== null && major !== known) {
    findings.push(
      finding('version-unknown', {
        surface,
        pointer: '/schema',
        expected: schemaTag,
        actual: show(`${surface}_v${major}`),
      }),
    );
  }
  const ofTag = (each: Finding): boolean => each.pointer !== '/schema' || major === null;
  findings.push(...validateReaderView(surface, document).filter(ofTag));
  return result(surface, 'canonical', document, findings);
}

function migrated<Name extends SurfaceName>(surface: Name, dialect: string, legacy: unknown): Interpretation<Name> {
  const broken = validateDialect(surface, dialect, legacy);
  if (hasErrors(broken)) return nothing(surface, dialect, broken);
  const findings: Finding[] = [finding('legacy-dialect', { surface, actual: dialect, expected: 'canonical' })];
  const migrate = migrations[`${surface}/${dialect}`];
  const document = migrate?.(legacy as never, reporter(surface, findings));
  findings.push(...validateReaderView(surface, document));
  return result(surface, dialect, document, findings);
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

function unrecognised(entry: SurfaceEntry, document: unknown): Finding {
  const { root, has } = entry.shape;
  const keys = has.length > 0 ? ` with ${has.join(', ')}` : '';
  const known = ['canonical', ...entry.dialects.map(({ name }) => name)].join(', ');
  return finding('unrecognised-shape', {
    surface: entry.name,
    pointer: '',
    message: `the document has none of the shapes known for ${entry.name} (${known})`,
    expected: `an ${root}${keys}`,
    actual: show(document),
  });
}

function reporter(surface: SurfaceName, findings: Finding[]): MigrationReport {
  const seen = new Set<string>();
  const once = (each: Finding): void => {
    const key = `${each.rule} ${each.pointer}`;
    if (!seen.has(key)) findings.push(each);
    seen.add(key);
  };
  return {
    unknown: (pointer, why) =>
      once(finding('migration-unknown', { surface, pointer, message: `${pointer} is left null: ${why}` })),
    recomputed: (pointer, legacy, value, why) =>
      once(
        finding('migration-recomputed', {
          surface,
          pointer,
          expected: show(value),
          actual: show(legacy),
          message: `${pointer} was recomputed: ${why}`,
        }),
      ),
    dropped: (pointer, why) =>
      once(finding('migration-dropped', { surface, pointer, message: `${pointer} was left out: ${why}` })),
  };
}

/** Integers that a number cannot hold stand as decimal digits in the documents that readers get. */
function withoutBigints(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || !holdsBigint(value)) return value;
  if (Array.isArray(value)) return value.map(withoutBigints);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutBigints(each)]));
}

function holdsBigint(value: unknown): boolean {
  if (typeof value === 'bigint') return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsBigint);
}
