/** Id of a stage. */
export type StageId =
  | 'file'
  | 'text'
  | 'line'
  | 'form'
  | 'value'
  | 'given'
  | 'age'
  | 'secret'
  | 'queue'
  | 'disk'
  | 'mirror'
  | 'remote'
  | 'call'
  | 'schema'
  | 'inclusion'
  | 'docs';

/** Where in the life of a document or record a rule is looked at. */
export interface Stage {
  readonly title: string;
  /** When findings of the stage arise, and from which command; as Markdown. */
  readonly when: string;
}

const stages: Readonly<Record<StageId, Stage>> = {
  file: {
    title: 'Files',
    when: 'A file of the logs directory is read: by `check`, `show`, `tail`, `serve` or `sync`.',
  },
  text: { title: 'JSON text', when: 'The bytes of a state file, or of one line of a ledger, are parsed.' },
  line: { title: 'Lines of ledgers', when: 'A ledger is split into lines: by `check`, `tail`, `serve` or `sync`.' },
  form: {
    title: 'Versions and dialects',
    when: 'A document is recognised and, where it is of an older form, migrated: by every reader, and by `migrate`.',
  },
  value: {
    title: 'Values',
    when: 'A document or record is compared with its schema. The writer refuses it (`publish`, `append`); a reader shows the field as invalid and keeps the others.',
  },
  given: { title: 'What the writer is given', when: 'The writer takes a document or record: `publish` and `append`.' },
  age: { title: 'Age', when: 'A reader judges how old a document is.' },
  secret: {
    title: 'Secrets',
    when: 'The writer searches a document or record for secrets before it reaches a file.',
  },
  queue: { title: 'The writer at work', when: 'The writer hands documents and records to its file threads.' },
  disk: { title: 'Files of the writer', when: 'The file threads of the writer put bytes on disk.' },
  mirror: { title: 'The mirror', when: 'A pass of `sync` into a directory.' },
  remote: { title: 'The remote sink', when: 'Documents and records are carried to a server: `sync --to nats://…`.' },
  call: { title: 'Calls', when: 'A call or command names a surface.' },
  schema: { title: 'Schema changes', when: '`schema diff` or `schema release` compares schemas.' },
  inclusion: {
    title: 'Compatibility of schemas',
    when: '`schema diff` explains why documents of one version are refused by the other.',
  },
  docs: { title: 'Documentation', when: '`docs`, or `docs --check`, compares the committed pages with the contract.' },
};

/** Every stage, in the order of a document's life. */
export const stageOrder: readonly (readonly [StageId, Stage])[] = Object.entries(stages) as [StageId, Stage][];

export function stageOf(id: StageId): Stage {
  return stages[id];
}

/** The first pattern that the id of a contract rule matches; all others are about files of the writer. */
const PATTERNS: readonly (readonly [RegExp, StageId])[] = [
  [/^(remote-|sync-identity)/, 'remote'],
  [/^(mirror-|quarantined|ledger-late-lines|stale-temporary)/, 'mirror'],
  [/^file-|^unrecognised-file$/, 'file'],
  [/^json-/, 'text'],
  [/^line-/, 'line'],
  [/^(unrecognised-shape|version-|legacy-|older-|migration-|step-)/, 'form'],
  [/^(age-unknown|document-stale|timestamp-future)$/, 'age'],
  [/^(secret-|value-cut|refused-late)/, 'secret'],
  [/^(non-finite|unsafe-|unsupported-|value-converted|percent-|derived-|python-)/, 'given'],
  [/^(queue-|record-|thread-|writer-)/, 'queue'],
  [/^unknown-surface$/, 'call'],
  [
    /^(type-mismatch|required-missing|unknown-|undeclared-|const-|out-of-|pattern-|string-length|invalid-value)/,
    'value',
  ],
];

/** The stage of a rule of the contract. */
export function stageOfContractRule(id: string): StageId {
  return PATTERNS.find(([pattern]) => pattern.test(id))?.[1] ?? 'disk';
}
