import type { ValidationError, Validator } from '../generated/validators/writer/index.js';
import { finding, show } from './finding.js';
import type { Finding } from './finding.js';
import { segment, valueAt } from './pointer.js';
import type { RuleId } from './rules.js';

/** Findings of one document are cut off here, so that a hostile one cannot flood its reader. */
const MAX_FINDINGS = 100;

/** Asks a generated validator about a document, and says what it found; no validator is that of no surface. */
export function validated(validate: Validator | undefined, surface: string, document: unknown): Finding[] {
  if (validate === undefined) return [finding('unknown-surface', { actual: show(surface) })];
  if (validate(document)) return [];
  const errors = validate.errors ?? [];
  validate.errors = null;
  return errors
    .filter(({ keyword }) => keyword !== 'if')
    .slice(0, MAX_FINDINGS)
    .map((error) => toFinding(error, surface, document));
}

function toFinding(error: ValidationError, surface: string, document: unknown): Finding {
  const { keyword, instancePath, params } = error;
  const actual = show(valueAt(document, instancePath));
  const at = (rule: RuleId, expected: string | null, pointer = instancePath, got = actual): Finding =>
    finding(rule, { surface, pointer, expected, actual: got, message: message(rule, pointer, expected, got) });
  switch (keyword) {
    case 'type':
      return at('type-mismatch', String(params['type']).replaceAll(',', ' or '));
    case 'required':
      return at(
        'required-missing',
        'the key to be present',
        `${instancePath}/${segment(String(params['missingProperty']))}`,
        'nothing',
      );
    case 'additionalProperties': {
      const pointer = `${instancePath}/${segment(String(params['additionalProperty']))}`;
      return at('unknown-field', 'a declared key', pointer, show(valueAt(document, pointer)));
    }
    case 'enum':
      return at(
        'unknown-enum-value',
        `one of ${(params['allowedValues'] as unknown[]).map((each) => String(each)).join(', ')}`,
      );
    case 'const':
      return at('const-mismatch', show(params['allowedValue']));
    case 'pattern':
      return at('pattern-mismatch', `text matching ${String(params['pattern'])}`);
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return at('out-of-range', `a number ${String(params['comparison'])} ${String(params['limit'])}`);
    case 'minLength':
    case 'maxLength':
      return at(
        'string-length',
        `${keyword === 'minLength' ? 'at least' : 'at most'} ${String(params['limit'])} characters`,
      );
    case 'discriminator': {
      const pointer = `${instancePath}/${String(params['tag'])}`;
      return at('unknown-tag', 'a known type of record', pointer, show(params['tagValue']));
    }
    default:
      return at('invalid-value', keyword);
  }
}

function message(rule: RuleId, pointer: string, expected: string | null, actual: string): string {
  const where = pointer === '' ? 'the document' : pointer;
  switch (rule) {
    case 'required-missing':
      return `${where} is missing`;
    case 'unknown-field':
      return `${where} is not declared by the contract`;
    default:
      return `${where} is ${actual}, expected ${expected ?? 'a valid value'}`;
  }
}
