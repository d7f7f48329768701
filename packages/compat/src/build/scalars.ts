import type { Document } from '../document.js';
import { isArray, isObject, member, type Json, type JsonObject } from '../json.js';
import { types, type Node } from '../nodes.js';
import { compare, fromNumber, one, zero } from '../rational.js';
import type { Builder } from './builder.js';

/** type, enum, const, and what binds numbers and strings. */
export function scalarKeywords(builder: Builder, document: Document, schema: JsonObject): Node[] {
  return [
    ...typeKeywords(builder, document, schema),
    ...bounds(builder, document, schema),
    ...lengths(builder, document, schema, 'string', 'Length'),
    ...texts(builder, document, schema),
  ];
}

/** The node of a pair such as minLength and maxLength. */
export function lengths(
  builder: Builder,
  document: Document,
  schema: JsonObject,
  on: 'string' | 'array' | 'object',
  suffix: string,
): Node[] {
  const min = member(schema, `min${suffix}`) ?? 0;
  const max = member(schema, `max${suffix}`) ?? Infinity;
  if (typeof min !== 'number' || typeof max !== 'number') {
    return [builder.unsupported(document, `min${suffix} or max${suffix} is not a number`)];
  }
  return [builder.store.length(on, Math.max(0, Math.ceil(min)), Math.floor(max))];
}

function typeKeywords(builder: Builder, document: Document, schema: JsonObject): Node[] {
  const nodes: Node[] = [];
  const type = member(schema, 'type');
  if (type !== undefined) nodes.push(typeNode(builder, document, type));
  const values = member(schema, 'enum');
  if (isArray(values)) nodes.push(...enumeration(builder, document, values));
  else if (values !== undefined) nodes.push(builder.unsupported(document, 'enum is not a list'));
  const constant = member(schema, 'const');
  if (constant !== undefined && document.dialect !== 'draft-04')
    nodes.push(...enumeration(builder, document, [constant]));
  return nodes;
}

/** Whole numbers past 2^53 may have been rounded when the schema was parsed: which value was meant cannot be told. */
function enumeration(builder: Builder, document: Document, values: readonly Json[]): Node[] {
  const node = builder.store.enumeration(values);
  return values.some(mayBeRounded) ? [node, builder.unsupported(document, 'a constant past 2^53')] : [node];
}

function mayBeRounded(value: Json): boolean {
  if (isArray(value)) return value.some(mayBeRounded);
  if (isObject(value)) return Object.values(value).some(mayBeRounded);
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) && !isOwnSpelling(value);
}

/** From 2^53 to 2^54 every other integer is a double, and ties go to the multiples of 4: the others are not rounded to. */
function isOwnSpelling(integer: number): boolean {
  return Math.abs(integer) < 2 ** 54 && integer % 4 !== 0;
}

function typeNode(builder: Builder, document: Document, type: Json): Node {
  const names = isArray(type) ? type : [type];
  let mask = 0;
  for (const name of names) {
    if (name === 'integer') mask |= types.number;
    else if (typeof name === 'string' && Object.hasOwn(types, name)) mask |= Reflect.get(types, name);
    else return builder.unsupported(document, `there is no type ${JSON.stringify(name)}`);
  }
  const whole = names.includes('integer') && !names.includes('number');
  const { store } = builder;
  return whole ? store.and(store.type(mask), store.multiple(one)) : store.type(mask);
}

function bounds(builder: Builder, document: Document, schema: JsonObject): Node[] {
  const nodes: Node[] = [];
  for (const side of ['minimum', 'maximum'] as const) {
    const keyword = side === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum';
    const bound = member(schema, side);
    const exclusive = member(schema, keyword);
    const boolean = document.dialect === 'draft-04';
    if (typeof bound === 'number') {
      nodes.push(builder.store[side](fromNumber(bound), boolean && exclusive === true));
    } else if (bound !== undefined) nodes.push(builder.unsupported(document, `${side} is not a number`));
    if (boolean || exclusive === undefined) continue;
    if (typeof exclusive === 'number') nodes.push(builder.store[side](fromNumber(exclusive), true));
    else nodes.push(builder.unsupported(document, `${keyword} is not a number`));
  }
  const multiple = member(schema, 'multipleOf');
  if (multiple === undefined) return nodes;
  const of = typeof multiple === 'number' ? fromNumber(multiple) : zero;
  if (compare(of, zero) > 0) nodes.push(builder.store.multiple(of));
  else nodes.push(builder.unsupported(document, 'multipleOf is not a positive number'));
  return nodes;
}

function texts(builder: Builder, document: Document, schema: JsonObject): Node[] {
  const nodes: Node[] = [];
  const pattern = member(schema, 'pattern');
  if (typeof pattern === 'string') nodes.push(builder.store.pattern(pattern));
  else if (pattern !== undefined) nodes.push(builder.unsupported(document, 'pattern is not a string'));
  const format = member(schema, 'format');
  if (typeof format === 'string') nodes.push(builder.store.format(format));
  return nodes;
}
