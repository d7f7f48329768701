import type { FindingRecord } from '@hedge-telemetry/contract';

import { docsRules } from './rules.js';
import type { DocsRuleId } from './rules.js';

/** What the generator has to say of a file: where, expected, got, how to fix. */
export type DocsFinding = Readonly<FindingRecord> & { readonly rule: DocsRuleId };

/** Makes a finding of a rule of this package. */
export function docsFinding(
  rule: DocsRuleId,
  file: string,
  details: Partial<Pick<DocsFinding, 'line' | 'expected' | 'actual' | 'fix'>> = {},
): DocsFinding {
  const { level, title, fix } = docsRules[rule];
  const nowhere = { surface: null, line: null, pointer: null, expected: null, actual: null };
  return { rule, level, message: title, file, fix, ...nowhere, ...details };
}
