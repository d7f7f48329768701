import { isUndecided } from '../finding.js';
import type { EvolutionFinding } from '../finding.js';

/** clean, a break, nothing proved, nothing compared, or something that is not to be trusted. */
export type Outcome = 'compatible' | 'incompatible' | 'undecided' | 'nothing-compared' | 'untrusted';

/** What findings come to. `untrusted`: frozen files or exemptions are not as they should be. */
export function outcomeOf(findings: readonly EvolutionFinding[], untrusted: boolean, compared: boolean): Outcome {
  if (untrusted) return 'untrusted';
  const errors = findings.filter(({ level }) => level === 'error');
  if (errors.some((each) => !isUndecided(each))) return 'incompatible';
  if (errors.length > 0) return 'undecided';
  return compared ? 'compatible' : 'nothing-compared';
}
