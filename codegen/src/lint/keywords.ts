import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';

import type { Rule } from './problem.js';

const STANDARD = new Set(
  (
    '$schema $id $defs $ref $comment title description deprecated examples type enum const required properties ' +
    'additionalProperties items prefixItems oneOf anyOf minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength pattern minItems maxItems'
  ).split(' '),
);

/** The compiled metaschema and the names of the keywords it declares. */
export interface Metaschema {
  readonly declared: ReadonlySet<string>;
  readonly validate: ValidateFunction;
}

/** Reads the metaschema that declares our own keywords. */
export async function metaschema(directory: string): Promise<Metaschema> {
  const file = path.join(directory, 'meta/keywords.schema.json');
  const schema = JSON.parse(await readFile(file, 'utf8')) as {
    $defs: { keywords: { properties: Record<string, unknown> } };
  };
  return {
    declared: new Set(Object.keys(schema.$defs.keywords.properties)),
    validate: new Ajv2020({ strict: false }).compile(schema),
  };
}

/** Only known keywords, ours only as the metaschema declares them. */
export function keywordRules(meta: Metaschema): Rule[] {
  return [
    ({ schema }) =>
      Object.keys(schema)
        .filter((key) => (key.startsWith('x-') ? !meta.declared.has(key) : !STANDARD.has(key)))
        .map((key) => `${key} is not a keyword of the contract's schema profile`),
    ({ schema }) =>
      meta.validate(schema)
        ? []
        : (meta.validate.errors ?? []).map(({ instancePath, message }) => `${instancePath.slice(1)} ${message}`),
    ({ schema }) => (typeof schema['pattern'] === 'string' ? patternProblems(schema['pattern']) : []),
  ];
}

/** Patterns are anchored and regular, so that their inclusion stays decidable. */
function patternProblems(pattern: string): string[] {
  const problems: string[] = [];
  if (!pattern.startsWith('^') || !pattern.endsWith('$'))
    problems.push(`pattern ${pattern} is not anchored with ^ and $`);
  if (/\(\?[=!<]|\\[bBk1-9]/.test(pattern))
    problems.push(`pattern ${pattern} uses a look-around, a word boundary or a back-reference`);
  try {
    new RegExp(pattern, 'u');
  } catch {
    problems.push(`pattern ${pattern} is not valid with the u flag`);
  }
  return problems;
}
