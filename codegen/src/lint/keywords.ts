import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';

import type { Rule } from './problem.js';

const STANDARD = new Set(
  (
    '$schema $id $defs $ref $comment title description deprecated default examples type enum const required properties ' +
    'additionalProperties items prefixItems oneOf anyOf minimum maximum exclusiveMinimum exclusiveMaximum multipleOf ' +
    'minLength maxLength pattern minItems maxItems'
  ).split(' '),
);

/** What is to be done without a keyword that the profile leaves out. */
const INSTEAD = new Map([
  ['x-unsure', 'it holds the questions of a draft; answer them in the schema and remove it'],
  ['format', 'validators differ on whether it asserts anything; state a pattern'],
  ['$dynamicRef', 'use $ref'],
  ['$anchor', 'refer to a definition by its name'],
  ['allOf', 'there is no inheritance; list the properties'],
  ['patternProperties', 'declare the keys, or a map with x-key'],
  ['contains', 'describe the items'],
  ['unevaluatedProperties', 'use "additionalProperties": false'],
  ['if', 'use a oneOf whose branches x-tag tells apart'],
]);

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
        .map(unknownKeyword),
    ({ schema }) =>
      meta.validate(schema)
        ? []
        : (meta.validate.errors ?? []).map(({ instancePath, message }) => `${instancePath.slice(1)} ${message}`),
  ];
}

function unknownKeyword(key: string): string {
  const instead = INSTEAD.get(key);
  return `${key} is not a keyword of the contract's schema profile${instead === undefined ? '' : `: ${instead}`}`;
}
