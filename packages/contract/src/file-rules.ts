/** Rules on the files that the writer writes: what they survive, who writes them, and how they are rotated. */
export const fileRules = {
  'sync-failed': {
    level: 'error',
    title: 'The system could not say that the bytes are on disk.',
    fix: 'Look at the disk (dmesg, smartctl) and at its free space. What is named here may be gone after a power loss; later writes go through a new descriptor.',
  },
  'ledger-line-ended': {
    level: 'warning',
    title: 'The ledger ended in an unfinished line; a newline was put behind it.',
    fix: 'Nothing: a crash cut that record. Readers report the fragment once and keep what stands beside it.',
  },
  'ledger-truncated': {
    level: 'warning',
    title: 'Another process cut the ledger short while it was being written; lines may be lost.',
    fix: 'Rotate by rename: logrotate without copytruncate, or the rotation of the writer.',
  },
  'ledger-shared': {
    level: 'warning',
    title: 'Another process writes to the ledger.',
    fix: 'Find it and stop it, or let it write to a ledger of its own: one process writes a ledger.',
  },
  'ledger-moved': {
    level: 'info',
    title: 'The ledger was renamed or removed; writing goes on in a new file.',
    fix: 'Nothing, if logrotate or an operator did it.',
  },
  'ledger-locked': {
    level: 'error',
    title: 'Another process is the writer of this ledger.',
    fix: 'Stop the process that is named, or give this one another directory. The lock of a process that has ended is taken over by itself.',
  },
  'ledger-lock-taken': {
    level: 'info',
    title: 'The lock of a writer that has ended was taken over.',
    fix: 'Nothing; look for the reason why that process ended without closing.',
  },
  'ledger-lock-lost': {
    level: 'warning',
    title: 'The lock of the ledger was removed, or taken by another process.',
    fix: 'Leave the lock file alone while its writer runs.',
  },
  'ledger-rotated': { level: 'info', title: 'The ledger was rotated.', fix: 'Nothing.' },
  'rotation-failed': {
    level: 'warning',
    title: 'The ledger could not be rotated; it goes on growing.',
    fix: 'Check that its directory is writable and the file is not held append-only (lsattr).',
  },
  'archive-failed': {
    level: 'warning',
    title: 'A rotated segment could not be compressed; the plain file stays.',
    fix: 'Check the space and the rights of the directory; it is tried again at the next start.',
  },
  'segment-archived': { level: 'info', title: 'A rotated segment was compressed and verified.', fix: 'Nothing.' },
  'segment-removed': {
    level: 'info',
    title: 'A rotated segment was removed, as retention asks.',
    fix: 'Nothing; keep more of them if they are missed.',
  },
  'removal-failed': {
    level: 'warning',
    title: 'A file that is no longer needed could not be removed.',
    fix: 'Check the rights of its directory, or remove it by hand.',
  },
} as const;
