import { describe, expect, it } from 'vitest';

import { recognise } from './recognise.js';
import type { Form } from './recognise.js';
import { registry } from './registry.js';
import type { Shape, SurfaceEntry } from './registry.js';

function shape(has: readonly string[], lacks: readonly string[] = []): Shape {
  return { root: 'object', has, hasAny: [], lacks, equals: {} };
}

function older(major: number, has: readonly string[]): SurfaceEntry['majors'][number] {
  return { major, version: `${major}.4.0`, schemaTag: `nav_v${major}`, schemaTagged: true, shape: shape(has) };
}

/** nav as it would be in its third major version. */
const entry: SurfaceEntry = {
  ...registry.nav,
  version: '3.1.0',
  schemaTag: 'nav_v3',
  shape: shape(['nav', 'assets']),
  majors: [older(2, ['nav']), older(1, ['nav_total'])],
  dialects: [{ name: 'v7', source: 'v7', ...shape(['nav_usd']) }],
  root: { ...registry.nav.root, required: ['nav', 'assets', 'updated_at', 'age_s'] },
};

function form(dialect: string, major: number): Form {
  return { dialect, major, isLegacy: false };
}

describe('recognise', () => {
  it.each<[string, unknown, readonly Form[]]>([
    ['the tag of the newest version', { schema: 'nav_v3' }, [form('canonical', 3)]],
    ['the tag of an older version, whatever its keys', { schema: 'nav_v1', nav: 1, assets: 1 }, [form('v1', 1)]],
    ['the tag of a version yet to come', { schema: 'nav_v12' }, [form('canonical', 3)]],
    ['every shape that matches, newest first', { nav: 1, assets: 1 }, [form('canonical', 3), form('v2', 2)]],
    ['only the shapes that match', { nav_total: 1 }, [form('v1', 1)]],
    ['a version before a dialect', { nav_usd: 1, nav_total: 1 }, [form('v1', 1)]],
    ['a dialect', { nav_usd: 1 }, [{ dialect: 'v7', major: 1, isLegacy: true }]],
    ['the newest version by half of its keys', { assets: 1, updated_at: 1 }, [form('canonical', 3)]],
    ['nothing', { updated_at: 1 }, []],
  ])('goes by %s', (_what, document, forms) => {
    expect(recognise(entry, document).forms).toEqual(forms);
  });

  it.each<[unknown, number | null]>([
    [{ schema: 'nav_v1' }, 1],
    [{ schema: 'nav_v10' }, 10],
    [{ schema: 'nav_v0' }, null],
    [{ schema: 'nav_v01' }, null],
    [{ schema: 'nav_state_v1' }, null],
    [{ schema: 1 }, null],
    [['nav_v1'], null],
  ])('reads the version that %j names', (document, named) => {
    expect(recognise(entry, document).named).toBe(named);
  });
});
