import { fileRules } from './file-rules.js';
import { mirrorRules } from './mirror-rules.js';
import { remoteRules } from './remote-rules.js';
import { siteRules } from './site-rules.js';
import { writerRules } from './writer-rules.js';

/** How grave a finding is: an error breaks the contract, a warning needs a look, an info is worth knowing. */
export type Level = 'error' | 'warning' | 'info';

export interface Rule {
  readonly level: Level;
  /** One sentence on what the rule holds. */
  readonly title: string;
  /** What to do about it, where the finding itself does not say. */
  readonly fix: string;
}

const catalogue = {
  'file-missing': {
    level: 'info',
    title: 'The file does not exist.',
    fix: 'Start the process that writes it; nothing was published yet.',
  },
  'file-unreadable': {
    level: 'error',
    title: 'The file cannot be read.',
    fix: 'Check that it is a regular file and that its mode lets this user read it (0644).',
  },
  'file-too-large': {
    level: 'error',
    title: 'The file is larger than a reader accepts.',
    fix: 'Find out what wrote it; a state document is a few kilobytes.',
  },
  'unrecognised-file': {
    level: 'info',
    title: 'The file is not part of the contract.',
    fix: 'Nothing, unless it should be: then add a schema for it.',
  },
  'json-encoding': {
    level: 'error',
    title: 'The bytes are not plain UTF-8.',
    fix: 'Write UTF-8 without a byte order mark.',
  },
  'json-syntax': {
    level: 'error',
    title: 'The text is not JSON.',
    fix: 'Write the whole document to a temporary file and rename it; never NaN, Infinity or a language literal.',
  },
  'json-depth': {
    level: 'error',
    title: 'The document is nested too deeply.',
    fix: 'Flatten it; no surface of the contract is nested this deeply.',
  },
  'line-unterminated': {
    level: 'warning',
    title: 'The last line has no newline yet.',
    fix: 'Nothing, while the writer runs; else the last record was torn.',
  },
  'line-too-long': {
    level: 'error',
    title: 'The line is longer than a reader accepts.',
    fix: 'Write one record per line and keep it small.',
  },
  'line-glued': {
    level: 'error',
    title: 'A newline is missing: whole records stand beside something else on one line.',
    fix: 'Nothing is lost: the quarantine of the mirror lists where in the line the records are. Look at what writes the ledger without healing a torn line.',
  },
  'line-nul-filled': {
    level: 'error',
    title: 'The line holds NUL bytes, as a crash of the machine leaves them.',
    fix: 'Nothing can be recovered from them; records beside them are whole.',
  },
  'unrecognised-shape': {
    level: 'error',
    title: 'The document is neither canonical nor of a known dialect.',
    fix: 'Write the canonical shape, or add a schema of this dialect and a migration.',
  },
  'type-mismatch': {
    level: 'error',
    title: 'The value has another type than the contract says.',
    fix: 'Write a value of the expected type, or null where the field allows it.',
  },
  'required-missing': {
    level: 'error',
    title: 'A required key is missing.',
    fix: 'Write the key; null where the value is not known and the field allows it.',
  },
  'unknown-field': {
    level: 'error',
    title: 'The contract does not declare this key.',
    fix: 'Remove the key, or add it to the schema.',
  },
  'undeclared-field': {
    level: 'info',
    title: 'The document holds a key that this version of the contract does not declare.',
    fix: 'Nothing; it is kept. It may come from a newer version.',
  },
  'unknown-enum-value': {
    level: 'error',
    title: 'The value is not one of those the contract lists.',
    fix: 'Write one of the listed values, or add this one to the schema.',
  },
  'const-mismatch': {
    level: 'error',
    title: 'The value is not the one that the contract fixes.',
    fix: 'Write exactly the expected value.',
  },
  'out-of-range': {
    level: 'error',
    title: 'The number is outside its range.',
    fix: 'Check the unit: percent points against fraction, milliseconds against seconds.',
  },
  'pattern-mismatch': {
    level: 'error',
    title: 'The text does not have the required form.',
    fix: 'Write it in the expected form.',
  },
  'string-length': { level: 'error', title: 'The text is too short or too long.', fix: 'Shorten or fill it.' },
  'unknown-tag': {
    level: 'error',
    title: 'The record is of a type that the contract does not know.',
    fix: 'Use a listed type, or add a branch to the schema.',
  },
  'invalid-value': {
    level: 'error',
    title: 'The value breaks a constraint of the contract.',
    fix: 'See what is expected.',
  },
  'version-unknown': {
    level: 'warning',
    title: 'The document names a version that this reader does not know.',
    fix: 'Update the reader; what it knows of the document is shown.',
  },
  'non-finite-number': {
    level: 'warning',
    title: 'NaN or an infinity was given; null was written.',
    fix: 'Give null where the value is not known.',
  },
  'unsafe-integer': {
    level: 'error',
    title: 'The integer is too large for a JavaScript number and has lost digits.',
    fix: 'Give it as a string or a bigint.',
  },
  'unsupported-value': {
    level: 'warning',
    title: 'The value has no JSON form and was left out.',
    fix: 'Give plain data.',
  },
  'value-converted': {
    level: 'warning',
    title: 'The value is not plain JSON data and was written in another form.',
    fix: 'Give plain data.',
  },
  'percent-ambiguous': {
    level: 'warning',
    title: 'A bare number in (0, 1] may be percent points or a fraction.',
    fix: 'State the unit: percentPoints(x) or fraction(x).',
  },
  'percent-clamped': {
    level: 'warning',
    title: 'The percentage lay outside [0, 100] and was clamped.',
    fix: 'Check the source of the value.',
  },
  'percent-contradiction': {
    level: 'error',
    title: 'Two fields give different values for the same percentage.',
    fix: 'Give it once, or give the same value in both.',
  },
  'derived-recomputed': {
    level: 'warning',
    title: 'The writer computes this field; the value given differed and was replaced.',
    fix: 'Leave the field out.',
  },
  'legacy-dialect': {
    level: 'info',
    title: 'The document is in a legacy dialect and was migrated.',
    fix: 'Move the writer to the canonical shape.',
  },
  'older-version': {
    level: 'info',
    title: 'The document is of an older major version and was migrated.',
    fix: 'Move the writer to the newest version.',
  },
  'migration-failed': {
    level: 'error',
    title: 'The document could not be carried to another version.',
    fix: 'Mend the migration that is named; it must accept every document that its version accepts.',
  },
  'step-not-reversible': {
    level: 'error',
    title: 'The step between two versions cannot be undone.',
    fix: 'Keep the newer version, or write the down function of this step.',
  },
  'migration-unknown': {
    level: 'info',
    title: 'The dialect does not say this; it is left null.',
    fix: 'Move the writer to the canonical shape.',
  },
  'migration-recomputed': {
    level: 'warning',
    title: 'The dialect got this value wrong; it was recomputed.',
    fix: 'Move the writer to the canonical shape.',
  },
  'migration-dropped': {
    level: 'info',
    title: 'The canonical shape has no place for this content of the dialect.',
    fix: 'Nothing; the source file still holds it.',
  },
  'age-unknown': {
    level: 'warning',
    title: 'Nothing says when the document was written, so it cannot be called fresh.',
    fix: 'Publish through the writer, which stamps the timestamp.',
  },
  'document-stale': {
    level: 'warning',
    title: 'The document is older than its stale_after.',
    fix: 'Look at the process that writes it.',
  },
  'timestamp-future': {
    level: 'warning',
    title: 'The timestamp lies in the future.',
    fix: 'Check the clocks of the writer and of this machine.',
  },
  'unknown-surface': {
    level: 'error',
    title: 'The contract has no surface of this name.',
    fix: 'Use a name of the registry.',
  },
} as const;

/** Every rule that a finding can name. Ids are stable: scripts filter on them. */
export const rules: Readonly<Record<RuleId, Rule>> = {
  ...catalogue,
  ...writerRules,
  ...fileRules,
  ...mirrorRules,
  ...remoteRules,
  ...siteRules,
};

/** Id of a rule. */
export type RuleId =
  | keyof typeof catalogue
  | keyof typeof writerRules
  | keyof typeof fileRules
  | keyof typeof mirrorRules
  | keyof typeof remoteRules
  | keyof typeof siteRules;

/** The ids of all rules, in the order of the catalogue. */
export const ruleIds: readonly RuleId[] = Object.keys(rules) as RuleId[];
