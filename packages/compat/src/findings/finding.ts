import { hash } from 'node:crypto';

import { canonical, type Json } from '../json.js';
import { pointer, type Change } from './change.js';
import { rules } from './rules.js';

export type DirectionName = 'backward' | 'forward';

export interface Finding {
  /** A stable kebab-case id out of the rule catalogue. */
  readonly rule: string;
  /** `error`: breaks this direction. `warn`: worth a look although no validator can see it. `info`: harmless here. */
  readonly level: 'error' | 'warn' | 'info';
  readonly message: string;
  readonly direction: DirectionName;
  readonly oldPointer: string;
  readonly newPointer: string;
  /** Where in a document the change is felt; `*` and patterns stand for any item or key. */
  readonly instancePointer: string;
  /** The same for the same change as long as rule, places and values stay the same. */
  readonly fingerprint: string;
  /** A document that this change alone makes invalid; present on errors, where both validators confirm it. */
  readonly witness?: Json;
}

const watched = new Set(['unit-changed', 'default-changed', 'dialect-changed', 'schema-id-changed']);

/** The finding of one change in one direction. */
export function findingOf(
  change: Change,
  direction: DirectionName,
  breaks: boolean,
  rule: string = change.rule,
): Finding {
  const level = breaks ? 'error' : watched.has(rule) ? 'warn' : 'info';
  const places = {
    oldPointer: change.oldPointer,
    newPointer: change.newPointer,
    instancePointer: change.instancePointer,
  };
  const values = [change.key, change.before ?? null, change.after ?? null];
  return {
    rule,
    level,
    message: sentence(rule, direction, level, change),
    direction,
    ...places,
    fingerprint: fingerprint([rule, direction, ...Object.values(places), ...values]),
  };
}

/** A finding about the whole comparison. */
export function verdictFinding(
  rule: string,
  direction: DirectionName,
  detail: string,
  level: Finding['level'],
): Finding {
  const change = { rule, key: '', before: undefined, after: detail, edits: [] };
  const places = { oldPointer: pointer([]), newPointer: pointer([]), instancePointer: '' };
  const message = sentence(rule, direction, level, { ...change, ...places });
  return { rule, level, message, direction, ...places, fingerprint: fingerprint([rule, direction]) };
}

function sentence(rule: string, direction: DirectionName, level: Finding['level'], change: Change): string {
  const values: Record<string, string> = { before: show(change.before), after: show(change.after), key: change.key };
  const text = (rules[rule]?.text ?? rule).replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
  const where = change.instancePointer === '' ? 'At the root' : `At ${change.instancePointer}`;
  return `${where}: ${text}${consequence(direction, level, change)}.`;
}

function consequence(direction: DirectionName, level: Finding['level'], change: Change): string {
  if (level !== 'error' || change.edits.length === 0) return '';
  return direction === 'backward'
    ? '; documents valid under the old schema are refused by the new one'
    : '; documents valid under the new schema are refused by the old one';
}

function show(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : canonical(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

function fingerprint(parts: readonly Json[]): string {
  return hash('sha256', canonical(parts)).slice(0, 16);
}
