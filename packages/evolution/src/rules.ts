/** How grave a finding is. */
export type Level = 'error' | 'warning' | 'info';

export interface EvolutionRule {
  readonly level: Level;
  /** One sentence on what the rule holds. */
  readonly title: string;
  /** What to do about it, where the finding itself does not say. */
  readonly fix: string;
  /** Documents or their meaning change for those who know only the other version: a new major version is due. */
  readonly breaking?: true;
  /** Cannot be exempted. */
  readonly final?: true;
  /** No migration mends it: it holds across major versions too. */
  readonly lasting?: true;
}

const catalogue = {
  'backward-incompatible': {
    level: 'error',
    breaking: true,
    title: 'The reader of the new version refuses documents that a writer of the old version may have written.',
    fix: 'Keep the old and add the new beside it; or run "hedge-telemetry schema release", which opens the next major version and writes the migration.',
  },
  'forward-incompatible': {
    level: 'error',
    breaking: true,
    title: 'A reader of the old version refuses documents that the writer of the new version may write.',
    fix: 'Keep the old and add the new beside it; or run "hedge-telemetry schema release", which opens the next major version and writes the migration.',
  },
  undecided: {
    level: 'error',
    final: true,
    title: 'Neither a proof of compatibility nor a document that breaks it was found.',
    fix: 'Write the schema more simply where the reason points; the schema profile in VERSIONING.md is always decided.',
  },
  'key-removed': {
    level: 'error',
    breaking: true,
    title: 'A key that readers know is gone.',
    fix: 'Put the key back (deprecated, if nothing fills it any more). If it was renamed, add "x-renamed-from" to the new key, then run "hedge-telemetry schema release", which writes the migration.',
  },
  'key-renamed': {
    level: 'error',
    breaking: true,
    title: 'A key is renamed, and documents of the old version are not migrated.',
    fix: 'Run "hedge-telemetry schema release": it opens the next major version and writes the migration.',
  },
  'unit-changed': {
    level: 'error',
    breaking: true,
    title: 'The same key holds another unit: no validator sees it, every number is wrong.',
    fix: 'Add a new key for the new unit and deprecate this one.',
  },
  'null-meaning-changed': {
    level: 'error',
    title: 'What null stands for was changed.',
    fix: 'If null really means something else now, use another key; if it was only said better, exempt the finding with the reason.',
  },
  'absence-meaning-changed': {
    level: 'error',
    title: 'What the absence of the key stands for was changed.',
    fix: 'If absence really means something else now, use another key; if it was only said better, exempt the finding with the reason.',
  },
  'age-source-moved': {
    level: 'error',
    breaking: true,
    title: 'The timestamp that the age of the document is measured from is another one.',
    fix: 'Put x-surface.age back as it was; freshness of every stored document depends on it.',
  },
  'stale-after-changed': {
    level: 'error',
    lasting: true,
    title: 'stale_after_s changed and nothing says why.',
    fix: 'Say why in x-surface.stale_after_note.',
  },
  'stale-after-noted': { level: 'info', lasting: true, title: 'stale_after_s changed, with a note.', fix: 'Nothing.' },
  'file-moved': {
    level: 'error',
    lasting: true,
    breaking: true,
    title: 'The surface is written to another file.',
    fix: 'Put x-surface.file back; a new file is a new surface.',
  },
  'kind-changed': {
    level: 'error',
    lasting: true,
    breaking: true,
    title: 'A state surface became a ledger, or the other way round.',
    fix: 'Declare a new surface.',
  },
  'sensitivity-lowered': {
    level: 'error',
    lasting: true,
    title: 'The content is declared less sensitive than it was.',
    fix: 'Put the sensitivity back, or exempt the finding with the reason.',
  },
  'metric-changed': {
    level: 'error',
    title: 'The metric that the field exports has another name, type or labels, so that alerts on it fall silent.',
    fix: 'Put x-metric back, or exempt the finding and say which alerts were moved.',
  },
  'invariant-changed': {
    level: 'error',
    breaking: true,
    title: 'An invariant of the surface was changed or dropped.',
    fix: 'Put the invariant back; what depends on another formula needs another key.',
  },
  'derivation-changed': {
    level: 'error',
    breaking: true,
    title: 'The writer computes the field in another way.',
    fix: 'Put x-derived back, or add a new key.',
  },
  'default-changed': {
    level: 'error',
    breaking: true,
    title: 'The default is another value: a document without the key means something else now.',
    fix: 'Put the default back, or add a new key.',
  },
  'shape-narrowed': {
    level: 'error',
    breaking: true,
    title:
      'x-shape asks for keys that documents of the old version need not have, so that they are no longer recognised.',
    fix: 'Ask only for keys that the old version requires.',
  },
  'dialect-removed': {
    level: 'error',
    lasting: true,
    final: true,
    title: 'A legacy dialect that readers understood is gone.',
    fix: 'Put the schema of the dialect and its migration back; stored files are still written in it.',
  },
  'surface-removed': {
    level: 'error',
    final: true,
    title: 'A released surface has no schema any more.',
    fix: 'Put the schema back; set its status to deprecated if nobody writes it.',
  },
  'surface-added': {
    level: 'info',
    title: 'The surface is new.',
    fix: 'Nothing; "hedge-telemetry schema release" freezes it.',
  },
  'migration-missing': {
    level: 'error',
    final: true,
    title: 'A released major version has no way to the working one.',
    fix: 'Put the migration back; documents of that version are still stored.',
  },
  'migration-unwritten': {
    level: 'error',
    final: true,
    title: 'The migration still has parts that nobody has written.',
    fix: 'Write every value that stands as UNWRITTEN.',
  },
  'major-step': {
    level: 'info',
    title: 'The step is a major one; documents of the old version are migrated.',
    fix: 'Nothing.',
  },
  'released-schema-mutated': {
    level: 'error',
    final: true,
    title: 'A frozen version was edited.',
    fix: 'Put the file back as it was released: git checkout -- the file. Change the working schema instead.',
  },
  'exemption-invalid': {
    level: 'error',
    final: true,
    title: 'An exemption does not say what it must.',
    fix: 'Give fingerprint, reason (at least 40 characters), affects and expires (a date within 90 days).',
  },
  'exemption-expired': {
    level: 'error',
    final: true,
    title: 'An exemption has expired.',
    fix: 'Mend what it exempts, and remove it.',
  },
  'exemption-unused': {
    level: 'error',
    final: true,
    title: 'An exemption matches no finding.',
    fix: 'Remove it from schemas/exemptions.json.',
  },
} as const;

/** Id of a rule of this package. */
export type EvolutionRuleId = keyof typeof catalogue;

/** Every rule that stands above set inclusion. Ids are stable: scripts and exemptions name them. */
export const evolutionRules: Readonly<Record<EvolutionRuleId, EvolutionRule>> = catalogue;
