import { exportedMetric } from '@hedge-telemetry/contract';
import type { FieldNode } from '@hedge-telemetry/contract';

import { code, prose } from '../text/markdown.js';
import { shownValue } from '../text/words.js';

/** The JSON type of a field in words. */
export function typeText(node: FieldNode): string {
  return `${baseType(node)}${node.nullable ? ' or null' : ''}`;
}

function baseType(node: FieldNode): string {
  switch (node.kind) {
    case 'object':
      return 'object';
    case 'open':
      return 'object (any keys)';
    case 'array':
      return `array of ${plural(node.items)}`;
    case 'map':
      return `object (${node.keys ?? 'key'}: ${node.values === undefined ? 'anything' : typeText(node.values)})`;
    case 'union':
      return `one of ${Object.keys(node.branches ?? {}).join(', ')}`;
    case 'scalar':
      return node.type === 'mixed' ? (node.types ?? []).join(' or ') : (node.type ?? 'string');
  }
}

function plural(items: FieldNode | undefined): string {
  if (items === undefined) return 'anything';
  if (items.kind === 'object') return 'objects';
  return items.nullable ? `(${typeText(items)})` : typeText(items);
}

/** The unit of a field; of its items or values where it is a list or map of scalars. */
export function unitOf(node: FieldNode): string | null {
  return node.unit ?? node.items?.unit ?? node.values?.unit ?? null;
}

/** What values a field may hold, as Markdown; empty where any of its type will do. */
export function rangeText(node: FieldNode): string {
  const parts = [
    ...(node.const === undefined ? [] : [`always ${shownValue(node.const)}`]),
    ...(node.enum === undefined ? [] : [node.enum.map((each) => shownValue(each)).join(', ')]),
    ...boundTexts(node.range ?? {}),
    ...(node.pattern === undefined ? [] : [`form ${code(node.pattern)}`]),
  ];
  return parts.join('; ');
}

function boundTexts(range: Readonly<Record<string, number>>): string[] {
  return [
    ...between(range['minimum'], range['exclusiveMinimum'], range['maximum'], range['exclusiveMaximum']),
    ...counted(range['minLength'], range['maxLength'], 'characters'),
    ...counted(range['minItems'], range['maxItems'], 'items'),
  ];
}

function between(
  low: number | undefined,
  above: number | undefined,
  high: number | undefined,
  below: number | undefined,
): string[] {
  const lower = low === undefined ? (above === undefined ? '' : `above ${above}`) : `${low} or more`;
  const upper = high === undefined ? (below === undefined ? '' : `below ${below}`) : `${high} or less`;
  if (low !== undefined && high !== undefined) return [`${low} to ${high}`];
  return lower === '' && upper === '' ? [] : [[lower, upper].filter((each) => each !== '').join(' and ')];
}

function counted(low: number | undefined, high: number | undefined, what: string): string[] {
  if (low === undefined && high === undefined) return [];
  if (low === undefined) return [`up to ${high} ${what}`];
  return [high === undefined ? `${low} or more ${what}` : `${low} to ${high} ${what}`];
}

/** The time series of a field as it is exported, with its labels; empty where it exports none. */
export function metricText(node: FieldNode): string {
  const exported = exportedMetric(node);
  if (exported === null) return '';
  const labels = Object.keys(node.metric?.labels ?? {}).join(',');
  return `${code(labels === '' ? exported.name : `${exported.name}{${labels}}`)} (${node.metric?.type})`;
}

/** The description of a field, with its sensitivity where that is stated, and what its deprecation says. */
export function meaningText(node: FieldNode): string {
  const deprecated =
    node.deprecated === true
      ? ` **Deprecated**${node.replacedBy === undefined ? '' : `: use ${code(pointerPath(node.replacedBy))}`}${node.removeAfter === undefined ? '' : `, may go after ${node.removeAfter}`}.`
      : '';
  const sensitivity = node.sensitivity === undefined ? '' : ` Sensitivity: ${node.sensitivity}.`;
  return `${prose(node.description)}${sensitivity}${deprecated}`;
}

/** A JSON pointer as a path, its keys joined by dots. */
export function pointerPath(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((each) => each.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
}
