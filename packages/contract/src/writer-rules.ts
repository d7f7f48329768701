/** Rules of the writer at work: secrets, queues, threads and files. */
export const writerRules = {
  'secret-redacted': {
    level: 'warning',
    title: 'A secret, or a stack trace, was taken out before the record was written.',
    fix: 'Find out what put it there; a key that came this far may be elsewhere, too: replace it.',
  },
  'value-cut': {
    level: 'warning',
    title: 'The value was longer than telemetry holds and was cut.',
    fix: 'Write less of it.',
  },
  'python-repr': {
    level: 'warning',
    title: 'The text is what Python prints of an object, not the value itself.',
    fix: 'Convert the value before it is written: float(x), isoformat().',
  },
  'python-value': {
    level: 'error',
    title: 'What Python prints of an object stands in a field that is declared to hold the value itself.',
    fix: 'Convert the value before it is written: str(x) of a name, float(x), isoformat(), null where it is not known.',
  },
  'refused-late': {
    level: 'error',
    title: 'The document was taken, held a secret in a field that takes no other text, and was not written.',
    fix: 'Do not give secrets to telemetry; the finding beside this one names the field.',
  },
  'queue-full': {
    level: 'error',
    title: 'The queue of the ledger is full; the record was not taken.',
    fix: 'Look at the disk, which does not keep up. A larger queue bridges a longer stop; the policy "spill" takes records to a second file.',
  },
  'record-spilled': {
    level: 'warning',
    title: 'The queue of the ledger is full; records go to the spill file until there is room.',
    fix: 'Look at the disk, which does not keep up. The spill file holds lines of the ledger, in order; they are not brought back by themselves.',
  },
  'hand-over-failed': {
    level: 'error',
    title: 'The document could not be handed over to the thread that writes files; it was not taken.',
    fix: 'Look whether the process is short of memory. A smaller queue.bytes needs less of it.',
  },
  'thread-ended': {
    level: 'error',
    title: 'A file thread of the writer ended and was started anew; what waits is not lost.',
    fix: 'Report it with the text below; look whether the process is short of memory.',
  },
  'writer-closed': { level: 'error', title: 'The writer is closed.', fix: 'Publish before close().' },
  'write-failed': {
    level: 'error',
    title: 'The file could not be written.',
    fix: 'Check that the directory exists, is writable and has space; the next publish tries again.',
  },
} as const;
