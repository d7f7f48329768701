import { walk } from '@hedge-telemetry/evolution';
import type { SchemaFile, SchemaSet } from '@hedge-telemetry/evolution';

import { dialectRules } from './dialects.js';
import { fieldRules } from './fields.js';
import { fileProblems } from './files.js';
import { keywordRules, metaschema } from './keywords.js';
import type { Problem, Rule } from './problem.js';
import { shapeRules } from './shapes.js';

export type { Problem } from './problem.js';

/** Checks every schema against the rules of the contract; sorted by file, in document order within a file. */
export async function lint(set: SchemaSet, directory: string): Promise<Problem[]> {
  const meta = await metaschema(directory);
  const rules = [...keywordRules(meta), ...shapeRules];
  return set.files.flatMap((file) => [
    ...fileProblems(set, file),
    ...schemaProblems(set, file, [...rules, ...rulesOf(file)]),
  ]);
}

function rulesOf(file: SchemaFile): readonly Rule[] {
  return file.kind === 'dialect' || file.kind === 'shared' ? dialectRules : fieldRules;
}

function schemaProblems(set: SchemaSet, file: SchemaFile, rules: readonly Rule[]): Problem[] {
  const problems: Problem[] = [];
  walk(file.schema, (schema, pointer) => {
    for (const rule of rules) {
      for (const message of rule({ set, file, schema, pointer })) problems.push({ file: file.path, pointer, message });
    }
  });
  return problems;
}
