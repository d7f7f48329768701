import { properties } from '@hedge-telemetry/evolution';

import type { Place, Rule } from './problem.js';
import { isMeasured } from './shapes.js';

/** What schemas of legacy dialects must say. */
export const dialectRules: readonly Rule[] = [fieldsAreDescribed, objectsAreOpen];

function fieldsAreDescribed({ schema }: Place): string[] {
  return Object.entries(properties(schema)).flatMap(([key, field]) => {
    const wanted = isMeasured(field) ? ['description', 'x-unit'] : ['description'];
    return wanted
      .filter((keyword) => field[keyword] === undefined && field['$ref'] === undefined)
      .map((keyword) => `${key} has no ${keyword}`);
  });
}

function objectsAreOpen({ schema }: Place): string[] {
  return schema['additionalProperties'] === false
    ? ['a dialect is open: it was never declared what else may occur']
    : [];
}
