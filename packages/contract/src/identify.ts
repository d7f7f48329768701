import { childNode } from './field-node.js';
import { finding, hasErrors, show } from './finding.js';
import type { Finding } from './finding.js';
import { migrations } from './migrations/index.js';
import type { MigrationReport } from './migrations/migration.js';
import { recognise } from './recognise.js';
import type { Form } from './recognise.js';
import { registry } from './registry.js';
import type { FieldNode, SurfaceEntry, SurfaceName } from './registry.js';
import { validateDialect, validateMajor } from './validate.js';

/** A document as what it was recognised as. */
export interface Identified {
  /** Null where no shape is known. */
  readonly form: Form | null;
  /** The document of `form.major`: migrated where it was in a legacy dialect. Undefined where there is none. */
  readonly document: unknown;
  /** With errors where the reader view of that version does not accept it. */
  readonly findings: Finding[];
}

/** Finds out what a parsed document is and validates it as that. Never throws. */
export function identify(surface: SurfaceName, parsed: unknown): Identified {
  const entry = registry[surface];
  const document = withoutBigints(parsed, entry.root);
  const { forms, named } = recognise(entry, document);
  const [first, ...others] = forms;
  if (first === undefined) return { form: null, document: undefined, findings: [unrecognised(entry, document)] };
  if (first.isLegacy) return migrated(surface, first, document);
  const newest = versioned(entry, first, document, named);
  if (others.length === 0 || !hasErrors(newest.findings)) return newest;
  const older = others.map((each) => versioned(entry, each, document, named));
  return older.find(({ findings }) => !hasErrors(findings)) ?? newest;
}

function versioned(entry: SurfaceEntry, form: Form, document: unknown, named: number | null): Identified {
  const errors = validateMajor(entry.name, form.major, document);
  if (named === null || named === form.major) return { form, document, findings: errors };
  const unknown = finding('version-unknown', {
    surface: entry.name,
    pointer: '/schema',
    expected: entry.schemaTag,
    actual: show(`${entry.name}_v${named}`),
  });
  return { form, document, findings: [unknown, ...errors.filter(({ pointer }) => pointer !== '/schema')] };
}

function migrated(surface: SurfaceName, form: Form, legacy: unknown): Identified {
  const { dialect, major } = form;
  const broken = validateDialect(surface, dialect, legacy);
  if (hasErrors(broken)) return { form, document: undefined, findings: broken };
  const findings: Finding[] = [finding('legacy-dialect', { surface, actual: dialect, expected: 'canonical' })];
  const migrate = migrations[`${surface}/${dialect}`];
  const document = migrate?.(legacy as never, reporter(surface, findings));
  findings.push(...validateMajor(surface, major, document));
  return { form, document, findings };
}

function unrecognised(entry: SurfaceEntry, document: unknown): Finding {
  const { root, has } = entry.shape;
  const keys = has.length > 0 ? ` with ${has.join(', ')}` : '';
  const older = entry.majors.map(({ major }) => `v${major}`);
  const known = ['canonical', ...older, ...entry.dialects.map(({ name }) => name)].join(', ');
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

/**
 * Integers that a number cannot hold stand as decimal digits in the documents that readers get; in a field for numbers
 * they are the numbers that they are nearest to, which is what wrote them.
 */
function withoutBigints(value: unknown, node: FieldNode | undefined): unknown {
  if (typeof value === 'bigint') return isNumeric(value, node) ? Number(value) : String(value);
  if (typeof value !== 'object' || value === null || !holdsBigint(value)) return value;
  if (Array.isArray(value))
    return value.map((each: unknown, index) => withoutBigints(each, childNode(node, value, String(index))));
  const entries = Object.entries(value).map(([key, each]) => [key, withoutBigints(each, childNode(node, value, key))]);
  return Object.fromEntries(entries) as unknown;
}

function isNumeric(value: bigint, node: FieldNode | undefined): boolean {
  if (node?.type === 'number' || node?.type === 'integer') return true;
  return node?.type === 'mixed' && String(Number(value)) === String(value);
}

function holdsBigint(value: unknown): boolean {
  if (typeof value === 'bigint') return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsBigint);
}
