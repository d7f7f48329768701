import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSchemas } from '@hedge-telemetry/evolution';
import type { SchemaSet } from '@hedge-telemetry/evolution';

import { generate } from './generate.js';
import { lint } from './lint/index.js';
import { compareOutput, writeOutput } from './output.js';
import type { Difference } from './output.js';
import { roundTrip } from './round-trip.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const schemas = path.join(root, 'schemas');
const generated = path.join(root, 'packages/contract/generated');

const [command, option] = process.argv.slice(2);
if (command === 'lint') process.exitCode = await runLint();
else if (command === 'generate') process.exitCode = option === '--check' ? await runCheck() : await runGenerate();
else {
  console.error('usage: node codegen/dist/main.js generate [--check] | lint');
  process.exitCode = 2;
}

async function runLint(): Promise<number> {
  const problems = await lint(await loadSchemas(schemas), schemas);
  for (const { file, pointer, message } of problems)
    console.error(`schemas/${file}${pointer === '' ? '' : `#${pointer}`}: ${message}`);
  if (problems.length > 0) console.error(`${problems.length} problems in schemas/`);
  return problems.length > 0 ? 5 : 0;
}

async function runGenerate(): Promise<number> {
  const set = await loadSchemas(schemas);
  const { missing, changed, orphaned } = await writeOutput(generated, await generateAll(set));
  console.log(`generated: ${missing.length} new, ${changed.length} changed, ${orphaned.length} removed`);
  return checkRoundTrip(set);
}

async function runCheck(): Promise<number> {
  const set = await loadSchemas(schemas);
  const difference = await compareOutput(generated, await generateAll(set));
  const lines = describe(difference);
  for (const line of lines) console.error(line);
  if (lines.length > 0) {
    console.error('Generated files are out of date; mend them with: npm run generate');
    return 5;
  }
  return checkRoundTrip(set);
}

function generateAll(set: SchemaSet): ReturnType<typeof generate> {
  return generate(set, path.join(root, '.prettierrc.json'));
}

function describe({ missing, changed, orphaned }: Difference): string[] {
  const named = (word: string, files: string[]): string[] =>
    files.map((each) => `${word}: packages/contract/generated/${each}`);
  return [...named('missing', missing), ...named('changed', changed), ...named('orphaned', orphaned)];
}

function checkRoundTrip(set: SchemaSet): number {
  const mismatches = roundTrip(set, generated);
  for (const line of mismatches) console.error(line);
  if (mismatches.length > 0) console.error('The generated types do not say what the schemas say.');
  return mismatches.length > 0 ? 5 : 0;
}
