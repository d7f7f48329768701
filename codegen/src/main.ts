import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadSchemas } from '@hedge-telemetry/evolution';

import { generate } from './generate.js';
import { lint } from './lint/index.js';
import { compareOutput, GENERATED, writeOutput } from './output.js';
import type { Difference, Output } from './output.js';
import { emitPython, PYTHON_GENERATED } from './passes/python.js';
import { roundTrip } from './round-trip.js';
import { loadSource } from './source.js';
import type { Source } from './source.js';

const USAGE = 'usage: node codegen/dist/main.js generate [--check] [--root DIR] | lint [--root DIR]';

const CONTRACT = 'packages/contract';

process.exitCode = await run(process.argv.slice(2));

async function run(args: string[]): Promise<number> {
  const asked = parsed(args);
  if (asked?.command === 'lint' && !asked.check) return runLint(asked.root);
  if (asked?.command === 'generate') return asked.check ? runCheck(asked.root) : runGenerate(asked.root);
  console.error(USAGE);
  return 2;
}

interface Asked {
  readonly command: string | undefined;
  readonly check: boolean;
  /** Directory that holds schemas/ and packages/contract: the repository of this script where none is named. */
  readonly root: string;
}

function parsed(args: string[]): Asked | null {
  try {
    const options = { check: { type: 'boolean' }, root: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const own = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
    const root = values.root === undefined ? own : path.resolve(values.root);
    return positionals.length === 1 ? { command: positionals[0], check: values.check === true, root } : null;
  } catch {
    return null;
  }
}

async function runLint(root: string): Promise<number> {
  const schemas = path.join(root, 'schemas');
  const problems = await lint(await loadSchemas(schemas), schemas);
  for (const { file, pointer, message } of problems)
    console.error(`schemas/${file}${pointer === '' ? '' : `#${pointer}`}: ${message}`);
  if (problems.length > 0) console.error(`${problems.length} problems in schemas/`);
  return problems.length > 0 ? 5 : 0;
}

async function runGenerate(root: string): Promise<number> {
  const source = await loadSource(root);
  const sum: Difference = { missing: [], changed: [], orphaned: [] };
  for (const { folder, generated, output } of await packagesOf(source, root)) {
    const { missing, changed, orphaned } = await writeOutput(path.join(root, folder), output, generated);
    sum.missing.push(...missing);
    sum.changed.push(...changed);
    sum.orphaned.push(...orphaned);
  }
  console.log(`generated: ${sum.missing.length} new, ${sum.changed.length} changed, ${sum.orphaned.length} removed`);
  return checkRoundTrip(source, root);
}

async function runCheck(root: string): Promise<number> {
  const source = await loadSource(root);
  const lines: string[] = [];
  for (const { folder, generated, output } of await packagesOf(source, root))
    lines.push(...describe(await compareOutput(path.join(root, folder), output, generated), folder));
  for (const line of lines) console.error(line);
  if (lines.length > 0) {
    console.error('Generated files are out of date; mend them with: npm run generate');
    return 5;
  }
  return checkRoundTrip(source, root);
}

/** A package, the folder of it that holds nothing but generated files, and what is generated for it. */
interface GeneratedPackage {
  readonly folder: string;
  readonly generated: string;
  readonly output: Output;
}

async function packagesOf(source: Source, root: string): Promise<readonly GeneratedPackage[]> {
  const contract = await generate(source, path.join(root, '.prettierrc.json'));
  return [
    { folder: CONTRACT, generated: GENERATED, output: contract },
    { folder: 'packages/contract-python', generated: PYTHON_GENERATED, output: emitPython(source) },
  ];
}

function describe({ missing, changed, orphaned }: Difference, folder: string): string[] {
  const named = (word: string, files: string[]): string[] => files.map((each) => `${word}: ${folder}/${each}`);
  return [...named('missing', missing), ...named('changed', changed), ...named('orphaned', orphaned)];
}

function checkRoundTrip({ set }: Source, root: string): number {
  const mismatches = roundTrip(set, path.join(root, CONTRACT, GENERATED));
  for (const line of mismatches) console.error(line);
  if (mismatches.length > 0) console.error('The generated types do not say what the schemas say.');
  return mismatches.length > 0 ? 5 : 0;
}
