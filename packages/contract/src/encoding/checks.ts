import { FAILED } from './region.js';
import type { Region } from './region.js';
import type { TextRule } from './site.js';
import { matches, putText } from './text.js';

const CLOSING_BRACKET = 0x29;
const GREATER_THAN = 0x3e;
const SPACE = 0x20;

/** Writes a text that is within its rule; without a rule any text is. */
export function putHeldText(text: string, rule: TextRule | null, at: number, region: Region): number {
  if (mayBePrinted(text)) return FAILED;
  if (rule === null) return putText(text, at, region);
  const { shortest, longest, pattern } = rule;
  if (text.length < shortest || text.length > longest) return FAILED;
  if (pattern !== null && !matches(pattern, text)) return FAILED;
  return putText(text, at, region);
}

/** True where Python may have printed an object as the text, which has a finding of its own. */
function mayBePrinted(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  if (last === CLOSING_BRACKET || last === GREATER_THAN || last <= SPACE || text.charCodeAt(0) <= SPACE) return true;
  return text.length <= 4 && (text === 'None' || text === 'nan' || text === 'inf' || text === '-inf');
}

/** True where a value is of one of several types of JSON Schema. */
export function isOfTypes(value: unknown, types: readonly string[]): boolean {
  return types.includes(typeof value) || (Number.isInteger(value) && types.includes('integer'));
}
