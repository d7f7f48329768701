import { describe, expect, it } from 'vitest';

import { compareSurface } from './diff/surface-diff.js';
import { released, surfaceSchema, working } from './testing.js';
import type { Schema } from './tree/load.js';

interface Case {
  readonly change: string;
  readonly old: Schema;
  readonly next: Schema;
  readonly step: 'patch' | 'minor' | 'major';
  /** Rules that must be among the errors; none for a change that breaks nothing. */
  readonly rules: readonly string[];
  readonly backward: 'compatible' | 'incompatible';
  readonly forward: 'compatible' | 'incompatible';
}

const number: Schema = { type: 'number' };
const string: Schema = { type: 'string' };
const one = (key: string, schema: Schema, required = true): Schema =>
  surfaceSchema({ [key]: schema }, required ? { required: [key] } : {});
const closed = (properties: Record<string, Schema>): Schema => ({
  type: 'object',
  additionalProperties: false,
  properties,
});
const tagged = (tags: readonly string[]): Schema => ({
  oneOf: tags.map((tag) => ({
    type: 'object',
    additionalProperties: false,
    required: ['writer', tag],
    properties: { writer: { const: tag }, [tag]: number },
  })),
  'x-tag': 'writer',
});

/** The kinds of change that broke readers of real executors, and two that did not, each as small as it can be shown. */
const cases: readonly Case[] = [
  {
    change: 'positions_state: updated_at is renamed to updated_ts',
    old: one('updated_at', { ...number, 'x-unit': 'epoch_s' }),
    next: one('updated_ts', { ...number, 'x-unit': 'epoch_s' }),
    step: 'major',
    rules: ['key-removed', 'required-added'],
    backward: 'incompatible',
    forward: 'incompatible',
  },
  {
    change: 'positions_state: an optional key is renamed, which no validator sees',
    old: one('updated_at', number, false),
    next: one('updated_ts', number, false),
    step: 'major',
    rules: ['key-removed'],
    backward: 'compatible',
    forward: 'compatible',
  },
  {
    change: 'positions_state: updated_at is written again beside updated_ts',
    old: one('updated_ts', number),
    next: surfaceSchema({ updated_ts: number, updated_at: number }, { required: ['updated_ts'] }),
    step: 'minor',
    rules: [],
    backward: 'compatible',
    forward: 'compatible',
  },
  {
    change: 'nav: updated_ts goes from seconds to ISO text',
    old: one('updated_ts', number),
    next: one('updated_ts', string),
    step: 'major',
    rules: ['type-changed'],
    backward: 'incompatible',
    forward: 'incompatible',
  },
  {
    change: 'positions_ledger: a map of entries becomes a list',
    old: one('entries', { type: 'object', additionalProperties: number }),
    next: one('entries', { type: 'array', items: number }),
    step: 'major',
    rules: ['type-changed'],
    backward: 'incompatible',
    forward: 'incompatible',
  },
  {
    change: 'dd_state: dd_pct keeps its name and becomes a fraction',
    old: one('dd_pct', { ...number, 'x-unit': 'percent' }),
    next: one('dd_pct', { ...number, 'x-unit': 'fraction' }),
    step: 'major',
    rules: ['unit-changed'],
    backward: 'compatible',
    forward: 'compatible',
  },
  {
    change: 'kpis_v7: the nav block vanishes',
    old: surfaceSchema({ nav: closed({ total: number }), risk: number }, { required: ['nav', 'risk'] }),
    next: one('risk', number),
    step: 'major',
    rules: ['key-removed'],
    backward: 'compatible',
    forward: 'incompatible',
  },
  {
    change: 'kpis_v7: a second writer writes another shape into the same file',
    old: one('kpis', tagged(['executor'])),
    next: one('kpis', tagged(['executor', 'sync'])),
    step: 'major',
    rules: ['discriminator-value-added'],
    backward: 'compatible',
    forward: 'incompatible',
  },
  {
    change: 'orders: numbers as text become numbers',
    old: one('qty', string),
    next: one('qty', number),
    step: 'major',
    rules: ['type-changed'],
    backward: 'incompatible',
    forward: 'incompatible',
  },
  {
    change: 'orders_attempted: confidence defaults to 0.25 instead of 1',
    old: one('confidence', { ...number, default: 1 }, false),
    next: one('confidence', { ...number, default: 0.25 }, false),
    step: 'major',
    rules: ['default-changed'],
    backward: 'compatible',
    forward: 'compatible',
  },
  {
    change: 'exit reasons: a value is spelled in another way',
    old: one('reason', { enum: ['TAKE_PROFIT', 'STOP'] }),
    next: one('reason', { enum: ['take_profit', 'STOP'] }),
    step: 'major',
    rules: ['enum-value-removed', 'enum-value-added'],
    backward: 'incompatible',
    forward: 'incompatible',
  },
  {
    change: 'expectancy: null becomes 0.0',
    old: one('expectancy', { type: ['number', 'null'] }),
    next: one('expectancy', number),
    step: 'major',
    rules: ['null-removed'],
    backward: 'incompatible',
    forward: 'compatible',
  },
  {
    change: 'expectancy: 0.0 becomes null below 30 trades',
    old: one('hit_rate', number),
    next: one('hit_rate', { type: ['number', 'null'] }),
    step: 'major',
    rules: ['null-added'],
    backward: 'compatible',
    forward: 'incompatible',
  },
  {
    change: 'positions: leverage goes from integer to float',
    old: one('leverage', { type: 'integer' }),
    next: one('leverage', number),
    step: 'major',
    rules: ['type-widened'],
    backward: 'compatible',
    forward: 'incompatible',
  },
  {
    change: 'risk_vetoes: context goes from an object to the word executor',
    old: one('context', { type: 'object' }),
    next: one('context', string),
    step: 'major',
    rules: ['type-changed'],
    backward: 'incompatible',
    forward: 'incompatible',
  },
  {
    change: 'v6_flags grows from 6 to 11 flags',
    old: one('v6_flags', closed(flags(6))),
    next: one('v6_flags', closed(flags(11))),
    step: 'minor',
    rules: [],
    backward: 'compatible',
    forward: 'compatible',
  },
  {
    change: 'reader specs: required keys become optional',
    old: surfaceSchema({ nav: number, ts: number }, { required: ['nav', 'ts'] }),
    next: surfaceSchema({ nav: number, ts: number }, { required: ['nav'] }),
    step: 'major',
    rules: ['required-removed'],
    backward: 'compatible',
    forward: 'incompatible',
  },
  {
    change: 'nav: nav_usd is added as an alias of nav, which is deprecated',
    old: one('nav', number),
    next: surfaceSchema(
      { nav: { ...number, deprecated: true, 'x-replaced-by': '/nav_usd' }, nav_usd: number },
      { required: ['nav'] },
    ),
    step: 'minor',
    rules: [],
    backward: 'compatible',
    forward: 'compatible',
  },
  {
    change: 'nav: the alias goes away',
    old: surfaceSchema({ nav: number, total_nav: number }, { required: ['nav'] }),
    next: one('nav', number),
    step: 'major',
    rules: ['key-removed'],
    backward: 'compatible',
    forward: 'compatible',
  },
  {
    change: 'nav: a description is said better',
    old: one('nav', { ...number, description: 'NAV' }),
    next: one('nav', { ...number, description: 'Net asset value.' }),
    step: 'patch',
    rules: [],
    backward: 'compatible',
    forward: 'compatible',
  },
];

function flags(count: number): Record<string, Schema> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`flag_${index}`, { type: 'boolean' }]));
}

describe('a change that really happened', () => {
  it.each(cases)('$change is a $step step', ({ old, next, step, rules, backward, forward }) => {
    const comparison = compareSurface(released(old), working(next), []);
    const errors = comparison.findings.filter(({ level }) => level === 'error');
    expect(comparison.backward).toMatchObject({ answer: backward });
    expect(comparison.forward).toMatchObject({ answer: forward });
    expect(comparison.step).toBe(step);
    if (rules.length === 0) expect(errors).toEqual([]);
    else expect(errors.map(({ rule }) => rule)).toEqual(expect.arrayContaining([...rules]));
    for (const each of errors) expect(each, `${each.rule} has a witness: ${each.message}`).toHaveProperty('witness');
  });
});
