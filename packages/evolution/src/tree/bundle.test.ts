import { describe, expect, it } from 'vitest';

import { bundle } from './bundle.js';
import type { Bundle } from './bundle.js';
import { parseSchemas } from './load.js';
import type { Schema } from './load.js';

const BASE = 'https://example.invalid/schemas/';

function bundled(files: Record<string, Schema>, name = 'nav'): Bundle {
  const texts = Object.entries(files).map(([file, schema]): [string, string] => [
    file,
    JSON.stringify({ $id: `${BASE}${file}`, ...schema }),
  ]);
  const set = parseSchemas(texts);
  const file = set.files.find((each) => each.name === name);
  if (file === undefined) throw new Error(`no ${name}`);
  return bundle(set, file);
}

const common: Schema = {
  $defs: { Usd: { type: 'number' }, Money: { type: 'object', properties: { usd: { $ref: '#/$defs/Usd' } } }, Idle: {} },
};

describe('bundle', () => {
  it('holds its own definitions and those it borrows, also through others, and no more', () => {
    const { schema } = bundled({
      'common.schema.json': common,
      'state/nav.schema.json': {
        properties: { a: { $ref: '../common.schema.json#/$defs/Money' }, b: { $ref: '#/$defs/Own' } },
        $defs: { Own: { type: 'string' } },
      },
    });
    expect(schema['properties']).toEqual({ a: { $ref: '#/$defs/Money' }, b: { $ref: '#/$defs/Own' } });
    expect(Object.keys(schema['$defs'] as Schema)).toEqual(['Own', 'Money', 'Usd']);
    expect((schema['$defs'] as Schema)['Money']).toMatchObject({ properties: { usd: { $ref: '#/$defs/Usd' } } });
  });

  it('maps pointers back to the file and place that they came from', () => {
    const { origin } = bundled({
      'common.schema.json': common,
      'records/line.schema.json': { title: 'Line', properties: { at: {} } },
      'state/nav.schema.json': {
        properties: { a: { $ref: '../common.schema.json#/$defs/Usd' }, l: { $ref: '../records/line.schema.json' } },
        $defs: { Own: {} },
      },
    });
    expect(origin('/properties/a')).toEqual({ file: 'state/nav.schema.json', pointer: '/properties/a' });
    expect(origin('/$defs/Own')).toEqual({ file: 'state/nav.schema.json', pointer: '/$defs/Own' });
    expect(origin('/$defs/Usd/type')).toEqual({ file: 'common.schema.json', pointer: '/$defs/Usd/type' });
    expect(origin('/$defs/Line/properties/at')).toEqual({
      file: 'records/line.schema.json',
      pointer: '/properties/at',
    });
  });

  it('leads a reference to the root to the root', () => {
    const { schema } = bundled({ 'state/nav.schema.json': { title: 'Nav', properties: { next: { $ref: '#' } } } });
    expect(schema).toMatchObject({ properties: { next: { $ref: '#' } } });
    expect(schema).not.toHaveProperty('$defs');
  });

  it('refuses two definitions of one name, naming both files', () => {
    const reference = { $ref: '../common.schema.json#/$defs/Usd' };
    const own = { 'common.schema.json': common, 'state/nav.schema.json': { items: reference, $defs: { Usd: {} } } };
    expect(() => bundled(own)).toThrow(
      'schemas/state/nav.schema.json: the definition Usd is also one of schemas/common.schema.json',
    );
    const two = {
      'common.schema.json': common,
      'other.schema.json': { $defs: { Usd: {} } },
      'state/nav.schema.json': { items: reference, contains: { $ref: '../other.schema.json#/$defs/Usd' } },
    };
    expect(() => bundled(two)).toThrow(/the definition Usd is also one of schemas\/(common|other)\.schema\.json/);
  });

  it.each(['null', '[]', '{', 'true'])('has no place for a file that holds %s', (text) => {
    expect(() => parseSchemas([['state/nav.schema.json', text]])).toThrow(/^schemas\/state\/nav.schema.json: not /);
  });

  it.each(['#/$defs/Missing', '#/$defs/toString', '#/properties/a', '../nowhere.schema.json'])(
    'refuses the reference %s, which leads nowhere',
    ($ref) => {
      expect(() => bundled({ 'state/nav.schema.json': { items: { $ref }, $defs: {} } })).toThrow(/points at no/);
    },
  );
});
