/** Rules of the mirror: what it left behind, put aside, or took over with a remark. */
export const mirrorRules = {
  'stale-temporary-removed': { level: 'info', title: 'A partial file left by a crash was removed.', fix: 'Nothing.' },
  'mirror-kept-last-good': {
    level: 'warning',
    title: 'The source is not whole or not valid; the mirror keeps its last good copy.',
    fix: 'Look at the finding on the source file.',
  },
  'mirror-with-faults': {
    level: 'warning',
    title: 'Fields of the document are invalid; it was mirrored, so that the others can be read.',
    fix: 'Look at the findings on its fields.',
  },
  quarantined: {
    level: 'warning',
    title: 'The bytes that could not be put in place were kept in the quarantine of the mirror.',
    fix: 'Look at them and at the finding beside them; remove both when they are no longer needed.',
  },
  'mirror-diverged': {
    level: 'error',
    title: 'The mirrored ledger does not continue in the source or in what it was rotated to.',
    fix: 'The mirrored lines were kept and the source was mirrored after them; look at who rewrote, truncated or removed the ledger.',
  },
  'ledger-late-lines': {
    level: 'warning',
    title: 'Lines were appended to a ledger after it was rotated and the next one begun.',
    fix: 'They were mirrored behind the lines that came before; have the writer reopen the ledger when it is rotated.',
  },
} as const;
