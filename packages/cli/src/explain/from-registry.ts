import { segments } from '@hedge-telemetry/contract';
import type { FieldNode, SurfaceEntry } from '@hedge-telemetry/contract';
import type { FieldExplanation, SurfaceExplanation } from './explanation.js';
import type { FieldPlace } from './places.js';

/** What the contract says of a surface. */
export function ofSurface(entry: SurfaceEntry): SurfaceExplanation {
  const { root } = entry;
  const records = Object.keys(root.branches ?? {}).map((record) => `${root.tag ?? ''}=${record}`);
  return {
    kind: 'surface',
    surface: entry.name,
    surface_kind: entry.kind,
    meaning: entry.description,
    file: entry.file,
    version: entry.version,
    status: entry.status,
    owner: entry.owner,
    writer: entry.writer,
    consumers: entry.consumers,
    cadence: entry.cadence,
    age: entry.age.pointer,
    stale_after_s: entry.staleAfterSeconds,
    sensitivity: entry.sensitivity,
    fields: root.kind === 'union' ? records : Object.keys((root.items ?? root).fields ?? {}),
    page: pageOf(entry),
  };
}

/** What the contract says of a field. */
export function ofField(entry: SurfaceEntry, { pointer, node, isRequired, record }: FieldPlace): FieldExplanation {
  const derived = entry.derived.find((each) => each.pointer === pointer);
  return {
    kind: 'field',
    surface: entry.name,
    pointer,
    records: record === null ? [] : [record],
    type: typeText(node),
    unit: node.unit ?? null,
    meaning: node.description,
    range: node.range ?? null,
    values: node.enum ?? (node.const === undefined ? null : [node.const]),
    required: isRequired,
    null: node.nullable ? (node.whenNull ?? 'Not known.') : null,
    absent: node.whenAbsent ?? null,
    since: node.since ?? null,
    deprecated: node.deprecated === true,
    replaced_by: node.replacedBy ?? null,
    remove_after: node.removeAfter ?? null,
    derived_from: derived?.from ?? null,
    metric: node.metric ?? null,
    sensitivity: node.sensitivity ?? null,
    file: entry.file,
    writer: entry.writer,
    consumers: entry.consumers,
    stale_after_s: entry.staleAfterSeconds,
    page: `${pageOf(entry)}#${anchorOf(pointer, record)}`,
  };
}

function pageOf({ name, kind }: SurfaceEntry): string {
  return `docs/${kind === 'state' ? 'surfaces' : 'ledgers'}/${name}.md`;
}

/** Where the page of a surface tells of a field. */
function anchorOf(pointer: string, record: string | null): string {
  const path = [...(record === null ? [] : [record]), ...segments(pointer)].join('.');
  return `field-${path.replaceAll(/[^\w.*-]/g, '-')}`;
}

function typeText({ kind, type, types, nullable, items, values }: FieldNode): string {
  const name =
    kind === 'scalar'
      ? (types?.join(' or ') ?? type ?? 'anything')
      : kind === 'array'
        ? `array of ${items === undefined ? 'anything' : typeText(items)}`
        : kind === 'map'
          ? `map to ${values === undefined ? 'anything' : typeText(values)}`
          : kind;
  return nullable && types?.includes('null') !== true ? `${name} or null` : name;
}
