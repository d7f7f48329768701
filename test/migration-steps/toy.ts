import type { Step } from './property.js';
import type { Schema } from './schema-tree.js';

/** A closed object. */
function closed(properties: Record<string, Schema>, required: readonly string[]): Schema {
  return { type: 'object', additionalProperties: false, required, properties };
}

const definitions: Record<string, Schema> = {
  Seconds: { type: 'number', minimum: 0, maximum: 99_999_999_999, 'x-unit': 'epoch_s' },
  Row: closed(
    { symbol: { type: 'string', pattern: '^[A-Z]{3,8}$' }, qty: { type: ['number', 'null'], 'x-unit': 'base' } },
    ['symbol', 'qty'],
  ),
  Fill: closed({ type: { const: 'fill' }, qty: { type: 'number', exclusiveMinimum: 0 } }, ['type', 'qty']),
  Cancel: closed({ type: { const: 'cancel' }, reason: { type: 'string', maxLength: 40 } }, ['type', 'reason']),
  OrderEvent: { 'x-tag': 'type', oneOf: [{ $ref: '#/$defs/Fill' }, { $ref: '#/$defs/Cancel' }] },
  OrderEventMap: { type: 'object', additionalProperties: { $ref: '#/$defs/OrderEvent' } },
};

const shared: Record<string, Schema> = {
  updated_at: { anyOf: [{ $ref: '#/$defs/Seconds' }, { type: 'null' }] },
  total: { type: ['number', 'null'], 'x-unit': 'USD' },
  mode: { type: 'string', enum: ['OK', 'WARN'], 'x-unit': 'none' },
  note: { type: 'string', minLength: 1, 'x-unit': 'none' },
  rows: { type: 'array', items: { $ref: '#/$defs/Row' } },
  fills: { anyOf: [{ $ref: '#/$defs/OrderEventMap' }, { type: 'null' }] },
  extra: { type: 'object', additionalProperties: true },
};

const required = ['updated_at', 'total', 'mode'];

/** A toy surface: `loss` is in percent points. */
export const oldSchema: Schema = {
  ...closed(
    {
      schema: { const: 'toy_v1' },
      ...shared,
      ok: { type: ['boolean', 'null'], 'x-unit': 'none' },
      loss: { type: ['number', 'null'], minimum: 0, 'x-unit': 'percent' },
    },
    [...required, 'ok', 'loss'],
  ),
  $defs: definitions,
};

/** Its next major version: `ok` is called `sources_ok`, `loss` is a fraction, and `count` came. */
export const newSchema: Schema = {
  ...closed(
    {
      schema: { const: 'toy_v2' },
      ...shared,
      sources_ok: { type: ['boolean', 'null'], 'x-unit': 'none', 'x-renamed-from': 'ok' },
      loss: { type: ['number', 'null'], minimum: 0, 'x-unit': 'fraction' },
      count: { type: ['integer', 'null'], 'x-unit': 'count' },
    },
    [...required, 'sources_ok', 'loss', 'count'],
  ),
  $defs: definitions,
};

type Fields = Record<string, unknown>;

function up({ schema, ok, loss, ...rest }: Fields): Fields {
  const tag = schema === undefined ? {} : { schema: 'toy_v2' };
  return { ...rest, ...tag, sources_ok: ok, loss: typeof loss === 'number' ? loss / 100 : null, count: null };
}

function down({ schema, sources_ok, loss, ...others }: Fields): Fields {
  const { count: _, ...rest } = others;
  const tag = schema === undefined ? {} : { schema: 'toy_v1' };
  return { ...rest, ...tag, ok: sources_ok, loss: typeof loss === 'number' ? Math.min(loss * 100, 1e300) : null };
}

function rowsOf(document: Fields): Fields[] {
  return (document['rows'] ?? []) as Fields[];
}

function withRows(document: Fields, change: (row: Fields) => Fields): Fields {
  return 'rows' in document ? { ...document, rows: rowsOf(document).map(change) } : document;
}

let calls = 0;

/** Steps that are right. */
export const goodSteps: Readonly<Record<string, Step>> = { 'one way': { up }, 'both ways': { up, down } };

/** Steps that are wrong, each in one way, and what is said of it. */
export const badSteps: Readonly<Record<string, { readonly step: Step; readonly fault: RegExp }>> = {
  'changes a value': {
    step: { up: (each: Fields) => ({ ...up(each), total: 0 }) },
    fault: /up did not keep .* \/total was .* and is 0/,
  },
  'takes null for zero': {
    step: { up: (each: Fields) => ({ ...up(each), total: each['total'] ?? 0 }) },
    fault: /\/total was null and is 0/,
  },
  'changes a value in a row': {
    step: { up: (each: Fields) => withRows(up(each), (row) => ({ ...row, qty: null })) },
    fault: /\/rows\/\d+\/qty was/,
  },
  'loses rows': {
    step: { up: (each: Fields) => ('rows' in each ? { ...up(each), rows: rowsOf(each).slice(1) } : up(each)) },
    fault: /\/rows had \d+ rows and has/,
  },
  'changes a value in a branch of a union': {
    step: { up: (each: Fields) => ({ ...up(each), ...(each['fills'] ? { fills: cancelled(each['fills']) } : {}) }) },
    fault: /\/fills\/.+\/qty was/,
  },
  'drops an optional key': {
    step: {
      up: (each: Fields) => {
        const { note: _, ...rest } = up(each);
        return rest;
      },
    },
    fault: /\/note is gone/,
  },
  'invents an optional key': {
    step: { up: (each: Fields) => ({ note: 'invented', ...up(each) }) },
    fault: /\/note was not there and is now/,
  },
  'changes open content': {
    step: { up: (each: Fields) => ('extra' in each ? { ...up(each), extra: {} } : up(each)) },
    fault: /\/extra was/,
  },
  'writes to its input': {
    step: {
      up: (each: Fields) => {
        each['count'] = null;
        return up(each);
      },
    },
    fault: /object is not extensible/,
  },
  'writes into a row of its input': {
    step: {
      up: (each: Fields) => {
        for (const row of rowsOf(each)) row['qty'] = row['qty'] ?? null;
        return up(each);
      },
    },
    fault: /Cannot assign to read only property 'qty'/,
  },
  'leaves the old tag': {
    step: { up: (each: Fields) => ({ ...up(each), ...('schema' in each ? { schema: 'toy_v1' } : {}) }) },
    fault: /not valid in the writer view: \/schema/,
  },
  'leaves an old key behind': {
    step: { up: (each: Fields) => ({ ...up(each), ok: each['ok'] }) },
    fault: /not valid in the writer view:.*additional properties/,
  },
  'misses a required key': {
    step: {
      up: (each: Fields) => {
        const { count: _, ...rest } = up(each);
        return rest;
      },
    },
    fault: /not valid in the writer view:.*'count'/,
  },
  'throws on a document that is valid': {
    step: {
      up: (each: Fields) => {
        if (each['mode'] === 'WARN') throw new RangeError('no such mode');
        return up(each);
      },
    },
    fault: /no such mode/,
  },
  'throws on an unknown key': {
    step: {
      up: (each: Fields) => {
        if ('undeclared_key' in each) throw new RangeError('undeclared');
        return up(each);
      },
    },
    fault: /undeclared/,
  },
  'depends on more than its input': {
    step: { up: (each: Fields) => ({ ...up(each), count: (calls += 1) }) },
    fault: /up is not a function of its input/,
  },
  'changes a value on the way back': {
    step: { up, down: (each: Fields) => ({ ...down(each), mode: 'OK' }) },
    fault: /down did not keep .* \/mode was "WARN" and is "OK"/,
  },
  'gives an invalid document on the way back': {
    step: { up, down: (each: Fields) => ({ ...down(each), loss: -1 }) },
    fault: /the result of down is not valid in the writer view: \/loss/,
  },
};

function cancelled(fills: unknown): Fields {
  const entries = Object.entries(fills as Record<string, Fields>);
  return Object.fromEntries(entries.map(([key, each]) => [key, each['type'] === 'fill' ? { ...each, qty: 1 } : each]));
}
