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
export type Experiment = 'crash states' | 'durable crash states' | 'torn tails' | 'errors' | 'a full disk' | 'deaths';

const atomicWrite = 'disk/atomic-write.js';
const ledgerThread = 'thread/ledger-file.js';
const stateThread = 'thread/state-desk.js';

/** Every property of the writer that the crash suite is for, broken. */
export const mutants: readonly Mutant[] = [
  {
    title: 'state files are written in place',
    edits: [
      {
        file: atomicWrite,
        find: 'openMaking(replacement.temporary, FLAGS)',
        replace: 'openMaking((replacement.temporary = replacement.file), FLAGS ^ constants.O_EXCL | constants.O_TRUNC)',
      },
    ],
    seenBy: 'crash states',
    saying: /killed: \w+ is torn/,
  },
  {
    title: 'a state file takes its name before it is synced',
    edits: [{ file: atomicWrite, find: 'fsyncSync(fd);', replace: ';' }],
    seenBy: 'crash states',
    saying: /power lost: \w+ is torn/,
  },
  {
    title: 'temporary files have one name',
    edits: [
      { file: atomicWrite, find: 'constants.O_EXCL', replace: 'constants.O_TRUNC' },
      {
        file: 'disk/temporary-names.js',
        find: 'begin + String((counter += 1)) + end',
        replace: 'path.join(dir, `.${base}.tmp`)',
      },
    ],
    seenBy: 'crash states',
    saying: /is made twice/,
  },
  {
    title: 'a short write counts as a whole one',
    edits: [{ file: 'disk/write-bytes.js', find: 'at += count;', replace: 'at = end;' }],
    seenBy: 'a full disk',
    saying: /torn|not a record/,
  },
  {
    title: 'a torn last line is not ended',
    edits: [{ file: 'disk/ledger-tail.js', find: 'fragment === null', replace: 'true' }],
    seenBy: 'torn tails',
    saying: /glued/,
  },
  {
    title: 'a ledger is emptied when it is opened',
    edits: [
      { file: 'disk/open-ledger.js', find: '| constants.O_CREAT', replace: '| constants.O_CREAT | constants.O_TRUNC' },
    ],
    seenBy: 'torn tails',
    saying: /altered/,
  },
  {
    title: 'records are dropped where a write fails',
    edits: [{ file: ledgerThread, find: 'written += bytes;', replace: 'written = sink.at;' }],
    seenBy: 'errors',
    saying: /counted|are there|is due/,
  },
  {
    title: 'the records of a batch are written backwards',
    edits: [
      {
        file: ledgerThread,
        find: 'sink.bytes.subarray(written, sink.at)',
        replace:
          "Buffer.from(String(sink.bytes.subarray(written, sink.at)).split('\\n').toReversed().join('\\n').slice(1) + '\\n')",
      },
    ],
    seenBy: 'errors',
    saying: /where \d+ is due/,
  },
  {
    title: 'a line that was cut is written again behind what is there of it',
    edits: [{ file: 'disk/ledger-target.js', find: 'partial: end - bytes', replace: 'partial: 0' }],
    seenBy: 'a full disk',
    saying: /not a record/,
  },
  {
    title: 'a flush does not wait',
    edits: [{ file: 'file-thread.js', find: 'sent.length === 0 || ended', replace: 'true' }],
    seenBy: 'crash states',
    saying: /killed: .*flushed/,
  },
  {
    title: 'a failure is not told',
    edits: [{ file: 'thread/attempts.js', find: 'say([finding]);', replace: '' }],
    seenBy: 'errors',
    saying: /no finding/,
  },
  {
    title: 'a document that could not be written is forgotten',
    edits: [
      {
        file: stateThread,
        find: "if (outcome === 'failed') {",
        replace: "if (outcome === 'failed') { waiting = false;",
      },
    ],
    seenBy: 'errors',
    saying: /holds version|is missing/,
  },
  {
    title: 'the temporary file of a failed write is left',
    edits: [{ file: atomicWrite, find: 'removeQuietly(replacement.temporary);', replace: '' }],
    seenBy: 'errors',
    saying: /it left/,
  },
  {
    title: 'the temporary files of a killed writer are left',
    edits: [{ file: stateThread, find: 'if (swept)', replace: 'if (true)' }],
    seenBy: 'deaths',
    saying: /it left/,
  },
  {
    title: 'an older document waits in front of the newest',
    edits: [{ file: stateThread, find: 'if (taken === null)', replace: 'if (taken === null || waiting)' }],
    seenBy: 'errors',
    saying: /holds version|counted/,
  },
  {
    title: 'a durable flush leaves the names of files to the system',
    edits: [{ file: 'disk/descriptors.js', find: 'syncDirectory(directory);', replace: '' }],
    seenBy: 'durable crash states',
    saying: /power lost: .*were flushed|power lost: .*was flushed/,
  },
  {
    title: 'a durable flush leaves the records to the system',
    edits: [{ file: 'disk/ledger-descriptor.js', find: 'fdatasyncSync(fd)', replace: 'undefined' }],
    seenBy: 'durable crash states',
    saying: /power lost: \d+ records of \w+ were flushed/,
  },
];
