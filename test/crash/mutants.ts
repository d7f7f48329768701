/** A defect that is put into the compiled writer. */
export interface Mutant {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** The experiment that must find it, and what it must say. */
  readonly seenBy: Experiment;
  readonly saying: RegExp;
}

/** Replaces `find`, which stands once in a file of the compiled writer. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** What can be tried on a writer. */
export type Experiment = 'crash states' | 'torn tails' | 'two writers' | 'errors' | 'a full disk';

const atomicWrite = 'atomic-write.js';
const stateFiles = 'state-files.js';
const ledgerFiles = 'ledger-files.js';

/** Every property of the writer that the crash suite is for, broken. */
export const mutants: readonly Mutant[] = [
  {
    title: 'state files are written in place',
    edits: [
      { file: atomicWrite, find: "openFile(temporary, 'wx')", replace: "openFile(file, 'w')" },
      { file: atomicWrite, find: 'await rename(temporary, file);', replace: '' },
    ],
    seenBy: 'crash states',
    saying: /killed: \w+ is torn/,
  },
  {
    title: 'a state file takes its name before it is synced',
    edits: [{ file: atomicWrite, find: 'await handle.sync();', replace: '' }],
    seenBy: 'crash states',
    saying: /power lost: \w+ is torn/,
  },
  {
    title: 'temporary files have one name',
    edits: [
      { file: atomicWrite, find: "'wx'", replace: "'w'" },
      { file: stateFiles, find: '.${process.pid}.${(counter += 1)}.${random}.tmp', replace: '.tmp' },
    ],
    seenBy: 'two writers',
    saying: /torn/,
  },
  {
    title: 'a short write counts as a whole one',
    edits: [{ file: 'write-bytes.js', find: 'end += bytesWritten;', replace: 'end = bytes.length;' }],
    seenBy: 'a full disk',
    saying: /torn|not a record/,
  },
  {
    title: 'a torn last line is not ended',
    edits: [{ file: 'open-ledger.js', find: 'buffer[0] === NEWLINE', replace: 'true' }],
    seenBy: 'torn tails',
    saying: /glued/,
  },
  {
    title: 'a ledger is emptied when it is opened',
    edits: [{ file: 'open-ledger.js', find: 'constants.O_APPEND', replace: 'constants.O_APPEND | constants.O_TRUNC' }],
    seenBy: 'torn tails',
    saying: /altered/,
  },
  {
    title: 'records are dropped where a write fails',
    edits: [
      {
        file: ledgerFiles,
        find: 'counters.failed += 1;',
        replace: 'counters.failed += 1; job.done += waiting.splice(0).length;',
      },
    ],
    seenBy: 'errors',
    saying: /counted|are there/,
  },
  {
    title: 'records are written out of order',
    edits: [{ file: ledgerFiles, find: 'waiting.push(line)', replace: 'waiting.unshift(line)' }],
    seenBy: 'torn tails',
    saying: /where \d+ is due/,
  },
  {
    title: 'a line that was cut is written again behind what is there of it',
    edits: [{ file: ledgerFiles, find: 'written.length - (written.lastIndexOf(NEWLINE) + 1)', replace: '0' }],
    seenBy: 'a full disk',
    saying: /not a record/,
  },
  {
    title: 'a flush does not wait',
    edits: [{ file: ledgerFiles, find: 'settle: () => work.settle()', replace: 'settle: async () => []' }],
    seenBy: 'crash states',
    saying: /were flushed/,
  },
  {
    title: 'a failure is not told',
    edits: [
      {
        file: 'writer.js',
        find: 'report(writeFailed(name, shown, error))',
        replace: 'writeFailed(name, shown, error)',
      },
    ],
    seenBy: 'errors',
    saying: /no finding/,
  },
  {
    title: 'a document that could not be written is forgotten',
    edits: [{ file: stateFiles, find: 'if (waiting === null)', replace: 'job.done = number; if (false)' }],
    seenBy: 'errors',
    saying: /holds version|is missing/,
  },
  {
    title: 'the temporary file of a failed write is left',
    edits: [{ file: atomicWrite, find: 'await unlink(temporary)', replace: 'await Promise.resolve()' }],
    seenBy: 'errors',
    saying: /it left/,
  },
  {
    title: 'the oldest document wins',
    edits: [
      { file: stateFiles, find: 'waiting = text;\n            job', replace: 'waiting ??= text;\n            job' },
    ],
    seenBy: 'errors',
    saying: /holds version/,
  },
  {
    title: 'a failure is thrown',
    edits: [{ file: 'file-work.js', find: 'then(() => null, failed)', replace: 'then(() => null)' }],
    seenBy: 'errors',
    saying: /uncaught|unhandled/,
  },
];
