import { walk } from '@hedge-telemetry/evolution';
import type { SchemaFile, SchemaSet } from '@hedge-telemetry/evolution';

import { deprecationRules } from './deprecation.js';
import { dialectRules } from './dialects.js';
import { fieldRules } from './fields.js';
import { fileProblems } from './files.js';
import { keywordRules, metaschema } from './keywords.js';
import type { Problem, Rule } from './problem.js';
import { profileRules } from './profile.js';
import { shapeRules } from './shapes.js';

export type { Problem } from './problem.js';

export interface LintOptions {
  /** ISO date that x-remove-after is compared with; the day of the clock, in UTC, where none is given. */
  readonly today?: string;
}

/** Checks every schema against the rules of the contract; sorted by file, in document order within a file. */
export async function lint(set: SchemaSet, directory: string, options: LintOptions = {}): Promise<Problem[]> {
  const { today = new Date().toISOString().slice(0, 10) } = options;
  const meta = await metaschema(directory);
  const rules = [...keywordRules(meta), ...profileRules, ...shapeRules, ...deprecationRules(set, today)];
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
