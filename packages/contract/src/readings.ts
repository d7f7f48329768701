import type { KnownReading, Reading, UnknownReading } from '../generated/reading.js';
import { finding, show } from './finding.js';
import type { Finding } from './finding.js';
import { segment } from './pointer.js';
import type { FieldNode } from './registry.js';

/** How old a document is and what that makes of its values. */
export interface Freshness {
  readonly state: KnownReading<unknown>['state'];
  readonly age_s: number | null;
}

/** The fields of a document as readings, and the keys that the contract does not declare. */
export interface FieldReadings {
  readonly readings: unknown;
  readonly undeclared: readonly Finding[];
}

const MAX_UNDECLARED = 100;

/**
 * The Reading view of a canonical document. A field that a finding points at is invalid; null and omitted are absent;
 * everything else has the freshness of the document.
 */
export function documentReadings(
  root: FieldNode,
  document: unknown,
  freshness: Freshness,
  errors: readonly Finding[],
): FieldReadings {
  const invalid = new Set(
    errors
      .filter(({ rule, level }) => level === 'error' && rule !== 'required-missing')
      .map(({ pointer }) => pointer ?? ''),
  );
  const undeclared: Finding[] = [];
  const view = (node: FieldNode, value: unknown, pointer: string): unknown => {
    if (invalid.has(pointer)) return invalidView(node, value, freshness.age_s);
    if (value === undefined || value === null)
      return uniformReadings(node, { state: 'absent', value: null, age_s: freshness.age_s });
    if (node.kind === 'union') return view(branchOf(node, value) ?? openNode(node), value, pointer);
    if (node.kind === 'object') {
      noteUndeclared(node, value, pointer, undeclared);
      return mapFields(node, (field, key) => view(field, ownValue(value, key), `${pointer}/${segment(key)}`));
    }
    return { ...freshness, value: contentOf(node, value, pointer, view) };
  };
  return { readings: view(root, document, ''), undeclared };
}

/** The Reading view of a surface that is not known at all: every field has the same state. */
export function uniformReadings(node: FieldNode, reading: UnknownReading): unknown {
  return node.kind === 'object' ? mapFields(node, (field) => uniformReadings(field, reading)) : reading;
}

function invalidView(node: FieldNode, raw: unknown, ageSeconds: number | null): unknown {
  const reading: Reading<never> = { state: 'invalid', value: null, age_s: ageSeconds, raw };
  return uniformReadings(node, reading);
}

function contentOf(
  node: FieldNode,
  value: unknown,
  pointer: string,
  view: (node: FieldNode, value: unknown, pointer: string) => unknown,
): unknown {
  if (node.kind === 'array' && Array.isArray(value))
    return value.map((each, index) => view(node.items ?? openNode(node), each, `${pointer}/${index}`));
  if (node.kind === 'map' && typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [
        key,
        view(node.values ?? openNode(node), each, `${pointer}/${segment(key)}`),
      ]),
    );
  }
  return value;
}

function mapFields(node: FieldNode, view: (field: FieldNode, key: string) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(node.fields ?? {}).map(([key, field]) => [key, view(field, key)]));
}

function branchOf(node: FieldNode, value: unknown): FieldNode | undefined {
  const tag = ownValue(value, node.tag ?? '');
  return typeof tag === 'string' && node.branches !== undefined && Object.hasOwn(node.branches, tag)
    ? node.branches[tag]
    : undefined;
}

function openNode(node: FieldNode): FieldNode {
  return { kind: 'open', description: node.description, nullable: false };
}

function ownValue(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function noteUndeclared(node: FieldNode, value: unknown, pointer: string, findings: Finding[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    if (findings.length >= MAX_UNDECLARED) return;
    if (node.fields !== undefined && Object.hasOwn(node.fields, key)) continue;
    findings.push(
      finding('undeclared-field', {
        pointer: `${pointer}/${segment(key)}`,
        actual: show(ownValue(value, key)),
        expected: 'a declared key',
      }),
    );
  }
}
