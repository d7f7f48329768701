import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { compareOutput, writeOutput } from './output.js';
import { classLines } from './passes/python-class.js';
import { emitPython, PYTHON_GENERATED } from './passes/python.js';
import { loadSource } from './source.js';
import { repository, schemaDirectory, stateSchema } from './testing.js';

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
    expect(output.get(`${PYTHON_GENERATED}/types/sample.py`)).toContain('    price: float | None\n');
    expect(output.get(`${PYTHON_GENERATED}/types/sample.py`)).toContain(
      'price: A price. Unit: price. None: It is not known.',
    );
    expect(output.get(`${PYTHON_GENERATED}/names.py`)).toContain('StateName = Literal[\n    "sample",\n]');
    const table = JSON.parse(output.get(`${PYTHON_GENERATED}/surfaces/sample.json`) ?? '') as Record<string, unknown>;
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
    const rules = JSON.parse(output.get(`${PYTHON_GENERATED}/rules.json`) ?? '') as Record<
      string,
      Record<string, object>
    >;
    expect(rules['writer-rules']?.['writerRules']).toHaveProperty(['write-failed', 'level'], 'error');
    const redaction = JSON.parse(output.get(`${PYTHON_GENERATED}/redaction.json`) ?? '') as Record<
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

describe('the generated folder of the Python package', () => {
  it('holds nothing else, but for what an interpreter leaves there', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'hedge-telemetry-generated-'));
    const output = new Map(await generated());
    expect((await writeOutput(directory, output, PYTHON_GENERATED)).missing).toHaveLength(output.size);
    await mkdir(path.join(directory, PYTHON_GENERATED, '__pycache__'));
    await writeFile(path.join(directory, PYTHON_GENERATED, '__pycache__/names.cpython-311.pyc'), '');
    await writeFile(path.join(directory, PYTHON_GENERATED, 'surfaces/gone.json'), '');
    await appendFile(path.join(directory, PYTHON_GENERATED, 'names.py'), '# edited');
    expect(await compareOutput(directory, output, PYTHON_GENERATED)).toEqual({
      missing: [],
      changed: [`${PYTHON_GENERATED}/names.py`],
      orphaned: [`${PYTHON_GENERATED}/surfaces/gone.json`],
    });
    await rm(directory, { recursive: true });
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
