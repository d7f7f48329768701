import { properties } from '@hedge-telemetry/evolution';
import type { Schema, SchemaSet } from '@hedge-telemetry/evolution';

import { fieldsOnTheWay, fieldUses } from './field-uses.js';
import type { FieldUses } from './field-uses.js';
import type { Place, Rule } from './problem.js';

const OF_DEPRECATED = ['x-replaced-by', 'x-not-replaced', 'x-remove-after'];
const OF_PROPERTIES = ['deprecated', ...OF_DEPRECATED, 'x-renamed-from'];

/**
 * A deprecated field says what takes its place, or why nothing does, and until when it stays; a renamed one names the
 * key that it had. `today` is an ISO date.
 */
export function deprecationRules(set: SchemaSet, today: string): Rule[] {
  let uses: FieldUses | null = null;
  const everyUse = (): FieldUses => (uses ??= fieldUses(set));
  return [
    keywordsAreOfProperties,
    ({ schema }) => eachField(schema, (key, field) => declarationProblems(key, field, today)),
    ({ schema }) => eachField(schema, (key, field) => replacementProblems(set, everyUse, key, field)),
    formerKeysAreGone,
  ];
}

function keywordsAreOfProperties({ file, schema, pointer }: Place): string[] {
  const isProperty = /\/properties\/[^/]+$/.test(pointer);
  const isLegacy = file.kind === 'dialect' || file.kind === 'shared';
  if (isProperty && !isLegacy) return [];
  const why = isProperty ? 'a dialect is legacy as a whole' : 'it is for properties';
  return OF_PROPERTIES.filter((keyword) => schema[keyword] !== undefined).map((keyword) => `${keyword}: ${why}`);
}

function declarationProblems(key: string, field: Schema, today: string): string[] {
  const given = OF_DEPRECATED.filter((keyword) => field[keyword] !== undefined);
  if (field['deprecated'] !== true) return given.map((keyword) => `${key} has ${keyword} and is not deprecated`);
  const problems: string[] = [];
  if (!given.includes('x-replaced-by') && !given.includes('x-not-replaced'))
    problems.push(
      `${key} is deprecated: name its replacement in x-replaced-by, or say in x-not-replaced why there is none`,
    );
  if (given.includes('x-replaced-by') && given.includes('x-not-replaced'))
    problems.push(`${key} has x-replaced-by and x-not-replaced: only one can be true`);
  return [...problems, ...dateProblems(key, field['x-remove-after'], today)];
}

function dateProblems(key: string, date: unknown, today: string): string[] {
  if (date === undefined) return [`${key} is deprecated: say in x-remove-after until when it stays`];
  if (typeof date !== 'string' || !isCalendarDate(date)) return [`${key}: x-remove-after ${String(date)} is no date`];
  return date < today ? [`${key} was to be removed after ${date}: remove it, or give it more time`] : [];
}

function isCalendarDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The replacement is looked for in every document that can hold the field. */
function replacementProblems(set: SchemaSet, uses: () => FieldUses, key: string, field: Schema): string[] {
  const pointer = field['x-replaced-by'];
  if (field['deprecated'] !== true || typeof pointer !== 'string') return [];
  const problems = (uses().get(field) ?? []).flatMap((root) => {
    const way = fieldsOnTheWay(set, root, pointer);
    const document = root.file.name;
    if (way === null) return [`${key}: x-replaced-by ${pointer} is no field of ${document}`];
    if (way.at(-1) === field) return [`${key}: x-replaced-by ${pointer} is the field itself`];
    const isDeprecated = way.some((each) => each['deprecated'] === true);
    return isDeprecated ? [`${key}: x-replaced-by ${pointer} is deprecated in ${document}`] : [];
  });
  return [...new Set(problems)];
}

function formerKeysAreGone({ schema }: Place): string[] {
  const seen = new Map<string, string>();
  return eachField(schema, (key, field) =>
    formerKeys(field).flatMap((former) => {
      const other = seen.get(former);
      seen.set(former, key);
      if (properties(schema)[former] !== undefined)
        return [`${key}: x-renamed-from names ${former}, which still stands beside it`];
      return other === undefined ? [] : [`${key}: x-renamed-from names ${former}, as does ${other}`];
    }),
  );
}

function formerKeys(field: Schema): string[] {
  const former = field['x-renamed-from'] ?? [];
  return (Array.isArray(former) ? (former as unknown[]) : [former]).filter((each) => typeof each === 'string');
}

function eachField(schema: Schema, problems: (key: string, field: Schema) => string[]): string[] {
  return Object.entries(properties(schema)).flatMap(([key, field]) => problems(key, field));
}
