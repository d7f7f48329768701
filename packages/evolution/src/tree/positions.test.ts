import { describe, expect, it } from 'vitest';
import { createLocator } from './positions.js';

const text = `{
  "type": "object",
  "properties": {
    "nav": { "type": "number" },
    "a/b~c": {
      "oneOf": [
        { "const": 1 },
        { "const": 2 }
      ]
    }
  }
}
`;

describe('createLocator', () => {
  it.each([
    ['', 1, 1, 12],
    ['/type', 2, 3, 2],
    ['/properties', 3, 3, 11],
    ['/properties/nav', 4, 5, 4],
    ['/properties/nav/type', 4, 14, 4],
    ['/properties/a~1b~0c', 5, 5, 10],
    ['/properties/a~1b~0c/oneOf', 6, 7, 9],
    ['/properties/a~1b~0c/oneOf/1', 8, 9, 8],
    ['/properties/a~1b~0c/oneOf/1/const', 8, 11, 8],
  ])('finds %s', (pointer, line, column, endLine) => {
    expect(createLocator(text)(pointer)).toEqual({ line, column, endLine });
  });

  it.each([
    ['/nowhere', ''],
    ['/properties/gone', '/properties'],
    ['/properties/nav/type/deeper', '/properties/nav/type'],
    ['/properties/a~1b~0c/oneOf/2', '/properties/a~1b~0c/oneOf'],
    ['/properties/a~1b~0c/oneOf/01', '/properties/a~1b~0c/oneOf'],
    ['/properties/a~1b~0c/oneOf/-1/const', '/properties/a~1b~0c/oneOf'],
    ['/properties/a/b~c', '/properties'],
  ])('finds, in place of %s, its nearest ancestor "%s"', (pointer, ancestor) => {
    const locate = createLocator(text);
    expect(locate(pointer)).toEqual(locate(ancestor));
  });

  it('counts lines alike where they end with CRLF', () => {
    const pointer = '/properties/a~1b~0c/oneOf';
    expect(createLocator(text.replaceAll('\n', '\r\n'))(pointer)).toEqual(createLocator(text)(pointer));
  });

  it('finds keys that are written with escapes, and tells ~01 from ~1', () => {
    const locate = createLocator('{\n"\\u0061\\/b": 1,\n"~1": 2,\n"": 3,\n"/": 4 }');
    expect(['/a~1b', '/~01', '/', '/~1'].map((pointer) => locate(pointer)?.line)).toEqual([2, 3, 4, 5]);
  });

  it('counts columns in UTF-16 code units', () => {
    const locate = createLocator('{ "📈": 1, "價": 2,\n "x": "📈\\n", "y": 0 }');
    expect(locate('/📈')).toEqual({ line: 1, column: 3, endLine: 1 });
    expect(locate('/價')).toEqual({ line: 1, column: 12, endLine: 1 });
    expect(locate('/y')).toEqual({ line: 2, column: 15, endLine: 2 });
  });

  it('takes the last of two properties of one name', () => {
    expect(createLocator('{\n"a": 1,\n"a": { "b": 2 } }')('/a/b')).toEqual({ line: 3, column: 8, endLine: 3 });
  });

  it('finds what stands before the damage of a text', () => {
    const locate = createLocator('{\n"a": 1,\n"b":');
    expect(locate('/a')).toMatchObject({ line: 2 });
    expect(locate('/b')).toMatchObject({ line: 3, column: 1 });
  });

  it('finds nothing in a text that holds no JSON, or too deep a one', () => {
    expect(createLocator('')('/a')).toBeNull();
    expect(createLocator('['.repeat(1_000_000))('/0')).toBeNull();
  });

  it('finds the schemas of a property named as a number', () => {
    expect(createLocator('{\n"0": [\n1 ] }')('/0/0')).toEqual({ line: 3, column: 1, endLine: 3 });
  });
});
