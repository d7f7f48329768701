import { compareDirection } from '@hedge-telemetry/compat';

import { UNWRITTEN } from '../releases/steps.js';
import { canonicalJson, withoutAnnotations } from '../tree/annotations.js';
import type { Schema } from '../tree/load.js';
import { readerView, writerView } from '../views/views.js';
import { code, literal } from './code.js';
import type { Code } from './code.js';
import { expanded } from './shape.js';
import { conversion } from './units.js';

/** Keywords that change what a value is although no validator sees them. */
const MEANING: ReadonlySet<string> = new Set(['x-unit', 'x-derived']);

/** True where a value can be carried over as it is: the two say the same, units included. */
export function sameContent(from: Schema, fromRoot: Schema, to: Schema, toRoot: Schema): boolean {
  const said = (root: Schema, schema: Schema): string => {
    const whole = expanded(root, schema) as Schema;
    return canonicalJson([withoutAnnotations(whole), meanings(whole)]);
  };
  return said(fromRoot, from) === said(toRoot, to);
}

function meanings(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(meanings);
  if (typeof schema !== 'object' || schema === null) return null;
  const entries = Object.entries(schema).map(([key, each]) => [key, MEANING.has(key) ? each : meanings(each)]);
  return Object.fromEntries(entries.filter(([, each]) => each !== null));
}

/** The expression of a value that is no object, array, map or union; null where it can be carried over as it is. */
export function scalar(from: Schema, fromRoot: Schema, to: Schema, toRoot: Schema, value: string): Code | null {
  const [before, after] = [expanded(fromRoot, from) as Schema, expanded(toRoot, to) as Schema];
  if (before['x-unit'] !== after['x-unit']) return converted(before, after, value);
  if (canonicalJson(before['x-derived']) !== canonicalJson(after['x-derived']))
    return code(UNWRITTEN, 'the writer computes it in another way');
  const { answer } = compareDirection(
    { ...writerView(before), $defs: fromRoot['$defs'] ?? {} },
    { ...readerView(after), $defs: toRoot['$defs'] ?? {} },
    'backward',
    { explain: false },
  );
  return answer === 'compatible' ? null : code(UNWRITTEN, 'not every old value is a valid new one');
}

function converted(before: Schema, after: Schema, value: string): Code {
  const formula = conversion(before['x-unit'], after['x-unit'], value);
  if (formula === null) return code(UNWRITTEN, `the unit was ${unit(before)}, it is ${unit(after)}`);
  if (!acceptsNull(before)) return code(formula);
  return acceptsNull(after)
    ? code(`${value} === null ? null : ${formula}`)
    : code(`${value} === null ? ${UNWRITTEN} : ${formula}`, 'null was admitted');
}

function unit(schema: Schema): string {
  return typeof schema['x-unit'] === 'string' ? schema['x-unit'] : 'not stated';
}

/** A value for a key that the old document does not have: the default, null where null is admitted, else a person's. */
export function initial(schema: Schema, root: Schema): Code {
  const whole = expanded(root, schema) as Schema;
  if (whole['default'] !== undefined) return code(literal(whole['default']));
  if (acceptsNull(whole)) return code('null');
  return code(UNWRITTEN, 'required now, and the old version does not say it');
}

/** What the absence of a key stood for, where the new version says something else of it; undefined where nothing need be done. */
export function lostDefault(from: Schema, fromRoot: Schema, to: Schema, toRoot: Schema): unknown {
  const [before, after] = [expanded(fromRoot, from) as Schema, expanded(toRoot, to) as Schema];
  return canonicalJson(before['default']) === canonicalJson(after['default']) ? undefined : before['default'];
}

function acceptsNull(schema: Schema): boolean {
  const branches = Array.isArray(schema['anyOf']) ? (schema['anyOf'] as Schema[]) : [];
  return (
    [schema['type']].flat().includes('null') ||
    schema['const'] === null ||
    (Array.isArray(schema['enum']) && schema['enum'].includes(null)) ||
    branches.some(acceptsNull)
  );
}
