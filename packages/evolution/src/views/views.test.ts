import { describe, expect, it } from 'vitest';

import { readerView, tagOf, writerView } from './views.js';

describe('the reader view', () => {
  it('is open wherever the canonical schema is closed, and keeps maps and forbidden keys', () => {
    const schema = {
      additionalProperties: false,
      properties: {
        nested: { oneOf: [{ additionalProperties: false, required: ['x'] }] },
        map: { additionalProperties: { type: 'number' } },
        never: false,
      },
      $defs: { Row: { additionalProperties: false } },
    };
    expect(readerView(schema)).toEqual({
      properties: {
        nested: { oneOf: [{ required: ['x'] }] },
        map: { additionalProperties: { type: 'number' } },
        never: false,
      },
      $defs: { Row: {} },
    });
    expect(writerView(schema)).toBe(schema);
  });
});

describe('tagOf', () => {
  it('finds the tag at the root or in a branch', () => {
    expect(tagOf({ properties: { schema: { const: 'nav_v1' } } })).toBe('nav_v1');
    expect(tagOf({ oneOf: [{}, { properties: { schema: { const: 'nav_v12' } } }] })).toBe('nav_v12');
  });

  it.each(['nav', 'nav_v0', 'Nav_v1', 7])('takes %j for no tag', (tag) => {
    expect(tagOf({ properties: { schema: { const: tag } } })).toBeNull();
  });
});
