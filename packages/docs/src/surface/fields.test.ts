import type { FieldNode, SurfaceEntry } from '@hedge-telemetry/contract';
import { registry } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';

import type { SurfaceDocs } from '../source.js';
import { deprecatedRegion, fieldsRegion, missingRegion, valuesRegion } from './fields.js';

const scalar = (more: Partial<FieldNode>): FieldNode => ({
  kind: 'scalar',
  type: 'number',
  description: 'A figure.',
  nullable: false,
  unit: 'USD',
  since: '1.0.0',
  ...more,
});

function docs(fields: Record<string, FieldNode>, required: string[] = []): SurfaceDocs {
  const root: FieldNode = { kind: 'object', description: 'All.', nullable: false, fields, required };
  const entry: SurfaceEntry = { ...registry.nav, root };
  const examples = { valid: [], invalid: [], legacy: [] };
  return { entry, examples, releases: [], renames: new Map(), oldNames: new Map(), file: undefined as never };
}

describe('the tables of fields', () => {
  it('show what replaces a deprecated field, and until when it is declared', () => {
    const old = scalar({ deprecated: true, replacedBy: '/rows/*/total', removeAfter: '2031-12-31' });
    const surface = docs({ old, gone: scalar({ deprecated: true }) });
    expect(fieldsRegion(surface)).toContain('**Deprecated**: use `rows.*.total`, may go after 2031-12-31.');
    const table = deprecatedRegion(surface);
    expect(table).toMatch(/\[`old`\]\(#field-old\) +\| `rows\.\*\.total` +\| 2031-12-31 +\|/);
    expect(table).toMatch(/\[`gone`\]\(#field-gone\) +\| nothing +\|/);
    expect(deprecatedRegion(docs({ new: scalar({}) }))).toBe('');
  });

  it('make anchors safe and escape what would be markup', () => {
    const surface = docs({ 'odd key/here': scalar({ description: 'a < b | c * d_ of _e' }) });
    expect(fieldsRegion(surface)).toContain('<a id="field-odd-key-here"></a>`odd key/here`');
    expect(fieldsRegion(surface)).toContain('a \\< b \\| c * d\\_ of \\_e');
  });

  it('say null and absence apart, and that 0 is neither', () => {
    const surface = docs({ a: scalar({ nullable: true, whenNull: 'Not known.', whenAbsent: 'Old writer.' }) });
    expect(missingRegion(surface)).toMatch(/\[`a`\]\(#field-a\) +\| Not known\. +\| Old writer\. +\| not reported/);
    expect(missingRegion(docs({ a: scalar({}) }, ['a']))).toBe('');
  });

  it('say range, metric and labels', () => {
    const metric = { name: 'hedge_a_ratio', type: 'gauge', labels: { symbol: '/symbol' } } as const;
    const surface = docs({ a: scalar({ range: { minimum: 0, exclusiveMaximum: 1 }, metric }) });
    expect(valuesRegion(surface)).toMatch(/0 or more and below 1 +\| +\| `hedge_a_ratio\{symbol\}` \(gauge\)/);
  });
});
