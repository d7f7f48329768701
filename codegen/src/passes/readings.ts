import type { SchemaFile, SchemaSet } from '@hedge-telemetry/evolution';

import { banner, plainBanner } from '../banner.js';
import { fieldTree } from '../model.js';
import type { FieldNode } from '../model.js';

/** The hand-written half of the reading types. */
export const READING: string = `${plainBanner}
/** A value that is known, however old. */
export interface KnownReading<T> {
  /** fresh: within stale_after. stale: older, or of unknown age. skewed: its timestamp lies in the future. */
  readonly state: 'fresh' | 'stale' | 'skewed';
  readonly value: T;
  /** Reader's clock minus the document's timestamp, in seconds; null where the document tells no time. */
  readonly age_s: number | null;
}

/** A value that is not known. It is never 0, OK or an empty list. */
export interface UnknownReading {
  /** absent: null or omitted. never: the surface was not published yet. invalid: breaks the contract. unreadable: the file is torn or cannot be read. */
  readonly state: 'absent' | 'never' | 'invalid' | 'unreadable';
  readonly value: null;
  readonly age_s: number | null;
  /** What stood there, where the state is invalid. */
  readonly raw?: unknown;
}

/** A value with the one state that says how far it can be trusted. */
export type Reading<T> = KnownReading<T> | UnknownReading;

/** The one word for how far a value can be trusted. */
export type ReadingState = Reading<unknown>['state'];
`;

/** The Reading view of a surface: its fields as readings. Objects become objects of readings; arrays and maps are readings of rows. */
export function emitReadings(set: SchemaSet, file: SchemaFile): string {
  const declared = new Map<string, string>();
  const root = fieldTree(set, file, file.schema);
  root.typeName = String(file.schema['title']);
  const type = viewOf(root, declared);
  const name = `${root.typeName}Readings`;
  const alias = type === name ? [] : [`/** ${root.typeName} as readings. */\nexport type ${name} = ${type};`];
  return [banner([file]), "import type { Reading } from '../reading.js';", '', ...declared.values(), ...alias, ''].join(
    '\n',
  );
}

function viewOf(node: FieldNode, declared: Map<string, string>): string {
  if (node.kind === 'object') return objectView(node, declared);
  if (node.kind === 'union') {
    const branches = Object.values(node.branches ?? {}).map((each) => viewOf(each, declared));
    return branches.join(' | ');
  }
  if (node.kind === 'array') return `Reading<readonly ${parenthesised(rowView(node.items, declared))}[]>`;
  if (node.kind === 'map') return `Reading<Readonly<Record<string, ${rowView(node.values, declared)}>>>`;
  if (node.kind === 'open') return 'Reading<Readonly<Record<string, unknown>>>';
  return `Reading<${scalarType(node)}>`;
}

function rowView(node: FieldNode | undefined, declared: Map<string, string>): string {
  return node === undefined ? 'Reading<unknown>' : viewOf(node, declared);
}

function objectView(node: FieldNode, declared: Map<string, string>): string {
  const name = `${node.typeName}Readings`;
  if (declared.has(name)) return name;
  declared.set(name, '');
  const fields = Object.entries(node.fields ?? {}).map(
    ([key, each]) => `/** ${summary(each)} */\n${JSON.stringify(key)}: ${viewOf(each, declared)};`,
  );
  declared.delete(name);
  declared.set(name, `/** ${summary(node)} */\nexport interface ${name} {\n${fields.join('\n')}\n}\n`);
  return name;
}

function scalarType(node: FieldNode): string {
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum !== undefined) return node.enum.map((each) => JSON.stringify(each)).join(' | ');
  if (node.type === 'integer') return 'number';
  return node.type === 'mixed' || node.type === undefined ? 'unknown' : node.type;
}

function summary(node: FieldNode): string {
  const unit = node.unit === undefined || node.unit === 'none' ? '' : ` Unit: ${node.unit}.`;
  return `${node.description}${unit}`.replaceAll('*/', '*\\/');
}

function parenthesised(type: string): string {
  return type.includes('|') ? `(${type})` : type;
}
