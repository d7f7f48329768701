/**
 * How long it takes to compare every surface with every released version of it, beside compiling the same schemas once
 * with ajv: as they are, with an optional key added to each (a minor step), and with a key removed from each (a break,
 * with witnesses). Works on copies in a temporary directory.
 */
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { bundle, diffSchemas, loadSchemas, surfaceFiles } from '@hedge-telemetry/evolution';

const { Ajv2020 } = createRequire(import.meta.url)('ajv/dist/2020.js');

const root = path.resolve(import.meta.dirname, '..');
const rounds = process.argv.includes('--quick') ? 2 : 7;

const changes = {
  'as released': () => undefined,
  'a key added to each': (schema) => {
    each(schema, (properties) => (properties.added_by_bench = { type: ['number', 'null'], 'x-unit': 'none' }));
  },
  'a key removed from each': (schema) => {
    each(
      schema,
      (properties) => delete properties[Object.keys(properties).find((key) => !['schema', 'ts'].includes(key))],
    );
  },
};

const compiled = await medianOf(compileAll);
console.log(`compile 20 surfaces with ajv once: ${compiled.toFixed(0)} ms`);
for (const [name, change] of Object.entries(changes)) {
  const copy = mkdtempSync(path.join(tmpdir(), 'bench-evolution-'));
  try {
    cpSync(path.join(root, 'schemas'), path.join(copy, 'schemas'), { recursive: true });
    for (const folder of ['state', 'logs']) editAll(path.join(copy, 'schemas', folder), change);
    const took = await medianOf(() => diffSchemas({ root: copy, against: 'released' }));
    const { surfaces } = await diffSchemas({ root: copy, against: 'released' });
    const pairs = surfaces.reduce((sum, { comparisons }) => sum + comparisons.length, 0);
    const steps = [...new Set(surfaces.map(({ step }) => step))].toSorted().join(', ');
    console.log(`${name} (${steps}): ${pairs} pairs, ${took.toFixed(0)} ms, ${(took / compiled).toFixed(2)} x ajv`);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

async function compileAll() {
  const set = await loadSchemas(path.join(root, 'schemas'));
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  for (const file of surfaceFiles(set)) {
    const { $id: _, ...schema } = bundle(set, file).schema;
    ajv.compile(schema);
  }
}

async function medianOf(work) {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)];
}

function editAll(folder, change) {
  for (const file of readdirSync(folder)) {
    const place = path.join(folder, file);
    const schema = JSON.parse(readFileSync(place, 'utf8'));
    change(schema);
    writeFileSync(place, `${JSON.stringify(schema, null, 2)}\n`);
  }
}

/** The properties of the root, of its rows or of its branches. */
function each(schema, edit) {
  const targets = schema.properties ? [schema] : Object.values(schema.$defs ?? {}).filter((one) => one.properties);
  for (const target of targets) {
    const before = Object.keys(target.properties);
    edit(target.properties);
    if (Array.isArray(target.required)) {
      const gone = before.filter((key) => target.properties[key] === undefined);
      target.required = target.required.filter((key) => !gone.includes(key));
    }
  }
}
