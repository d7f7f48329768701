import { evolutionFinding } from '../finding.js';
import type { EvolutionFinding } from '../finding.js';
import { canonicalJson } from '../tree/annotations.js';
import type { Field } from './fields.js';
import type { Subject, WorkingSubject } from './subject.js';
import { documentWith } from './witness.js';

/** Fields that readers know and that are gone; where a whole block is, the block. */
export function goneFields(base: Subject, working: Subject): Field[] {
  return [...base.fields.values()].filter(
    (field) => !working.fields.has(field.path) && (field.parent === '' || working.fields.has(field.parent)),
  );
}

/** Keys that readers know and that are gone: removed, renamed, or probably renamed. */
export function keyFindings(base: Subject, working: WorkingSubject): EvolutionFinding[] {
  const gone = goneFields(base, working);
  if (gone.length === 0) return [];
  const added = new Map<string, Field[]>();
  for (const field of working.fields.values())
    if (!base.fields.has(field.path)) added.set(field.parent, [...(added.get(field.parent) ?? []), field]);
  return gone.map((field) => keyFinding(field, added.get(field.parent) ?? [], base, working));
}

function keyFinding(
  field: Field,
  siblings: readonly Field[],
  base: Subject,
  working: WorkingSubject,
): EvolutionFinding {
  const parent = working.fields.get(field.parent);
  const heir = siblings.find(({ renamedFrom }) => renamedFrom.includes(field.key));
  const suspects = siblings.filter((each) => looksLike(each, field));
  const suspect = suspects.length === 1 ? suspects[0] : undefined;
  const place = working.origin((heir ?? suspect)?.pointer ?? `${parent?.target ?? ''}/properties`);
  const witness = documentWith(base, field.path);
  const shared = {
    surface: working.surface,
    file: `schemas/${place.file}`,
    pointer: place.pointer,
    about: [field.path],
    ...(witness === undefined ? {} : { witness }),
  };
  if (heir !== undefined)
    return evolutionFinding('key-renamed', {
      ...shared,
      message: `${field.path} of ${base.label} is now called ${heir.path}; stored documents still say ${field.key}`,
      expected: field.path,
      actual: heir.path,
    });
  return evolutionFinding('key-removed', {
    ...shared,
    message: `${field.path} of ${base.label} is gone${suspect === undefined ? '' : `; it looks renamed to ${suspect.path}`}`,
    expected: field.path,
    actual: suspect?.path ?? 'nothing',
    ...(suspect === undefined
      ? {}
      : {
          fix: `Put ${field.key} back beside ${suspect.key}; or add "x-renamed-from": "${field.key}" to ${suspect.key} and run "hedge-telemetry schema release", which opens the next major version and writes the migration.`,
        }),
  });
}

/** Two fields say the same of themselves, but for words. */
function looksLike(a: Field, b: Field): boolean {
  const essence = ({ facts }: Field): string =>
    canonicalJson([facts['type'], facts['enum'], facts['$ref'], facts['anyOf'], facts['x-unit'], facts['x-metric']]);
  return essence(a) === essence(b);
}
