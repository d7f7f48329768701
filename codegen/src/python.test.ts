import { describe, expect, it } from 'vitest';

import { classLines } from './passes/python-class.js';
import { emitPython } from './passes/python.js';
import { loadSource } from './source.js';
import { repository, schemaDirectory, stateSchema } from './testing.js';

const FOLDER = 'src/hedge_telemetry/generated';

async function generated(): Promise<ReadonlyMap<string, string>> {
  return emitPython(
    await loadSource(await schemaDirectory({ 'schemas/state/sample.schema.json': stateSchema('sample') })),
  );
}

describe('the Python pass', () => {
  it('gives the same bytes every time and names no directory of this machine', async () => {
    const output = await generated();
    expect([...(await generated())]).toEqual([...output]);
    for (const text of output.values()) expect(text).not.toContain(repository);
  });

  it('makes a type, a table and a name of a new surface', async () => {
    const output = await generated();
    expect(output.get(`${FOLDER}/types/sample.py`)).toContain('    price: float | None\n');
    expect(output.get(`${FOLDER}/types/sample.py`)).toContain('price: A price. Unit: price. None: It is not known.');
    expect(output.get(`${FOLDER}/names.py`)).toContain('StateName = Literal[\n    "sample",\n]');
    const table = JSON.parse(output.get(`${FOLDER}/surfaces/sample.json`) ?? '') as Record<string, unknown>;
    expect(table['entry']).toMatchObject({ name: 'sample', schemaTag: 'sample_v1', staleAfterSeconds: 60 });
    expect(table['schema']).toEqual({
      type: 'object',
      additionalProperties: false,
      required: ['updated_at', 'price'],
      properties: { updated_at: { type: 'number', minimum: 0 }, price: { type: ['number', 'null'] } },
    });
  });

  it('takes the rules and the expressions out of their TypeScript sources', async () => {
    const output = await generated();
    const rules = JSON.parse(output.get(`${FOLDER}/rules.json`) ?? '') as Record<string, Record<string, object>>;
    expect(rules['rules']?.['catalogue']).toHaveProperty(['write-failed', 'level'], 'error');
    const redaction = JSON.parse(output.get(`${FOLDER}/redaction.json`) ?? '') as Record<
      string,
      Record<string, unknown>
    >;
    expect(redaction['scrub']?.['MARKER']).toEqual({ source: String.raw`\[redacted:[a-z-]{2,24}\]`, flags: 'g' });
    expect(redaction['names/classify']?.['PASSWORDS']).toContain('passphrase');
    expect(redaction['detectors/formats']?.['FORMATS']).toContainEqual([
      'package-token',
      ['npm_'],
      { source: '(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36,255}', flags: 'g' },
    ]);
  });
});

describe('classLines', () => {
  const field = (key: string, required: boolean) => ({ key, type: 'float', required, documentation: 'A number.' });

  it('puts required keys into a base class where others are optional', () => {
    expect(classLines('Row', ['A row.'], [field('a', true), field('b', false)]).join('\n')).toBe(
      [
        'class _RowRequired(TypedDict):',
        '    a: float',
        '',
        'class Row(_RowRequired, total=False):',
        '    """A row.',
        '',
        '    Keys:',
        '      a: A number.',
        '      b: A number.',
        '    """',
        '',
        '    b: float',
        '',
      ].join('\n'),
    );
  });

  it.each(['from', '1h', 'a-b', '__class'])('writes an object with the key %s in the functional form', (key) => {
    const text = classLines('Row', [], [field(key, true), field('b', false)]).join('\n');
    expect(text).toContain(`        ${JSON.stringify(key)}: "float",\n`);
    expect(text).toContain('class Row(RowRequired, RowOptional):');
  });
});
