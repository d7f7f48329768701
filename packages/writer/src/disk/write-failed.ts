import { finding } from '@hedge-telemetry/contract/writing';
import type { Finding, FindingDetails, RuleId } from '@hedge-telemetry/contract';
import { errnoName, failedCall } from './errno.js';

/** A file as findings name it. */
export interface Place {
  /** Surface or ledger that the file is of; null where it is of none. */
  readonly surface: string | null;
  /** Path of the file as the user knows it. */
  readonly shown: string;
}

/** What helps against the errors that an operator can do something about. */
const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: 'Free space or inodes on its file system (df -h, df -i); what waits is written once there is room.',
  EDQUOT: 'Raise the quota of this user or remove files of it (quota -s).',
  EACCES: 'Let this user write to the directory (ls -ld), or run as the user that owns it.',
  EPERM: 'Look for attributes that forbid it (lsattr) and for the owner of a sticky directory.',
  EROFS: 'Mount the file system writable; the kernel remounts it read-only after a disk error (dmesg).',
  EIO: 'The disk fails: look at dmesg and smartctl, and move the logs elsewhere.',
  EMFILE: 'Raise the limit of open files of this process (ulimit -n); something in it leaks descriptors.',
  ENFILE: 'The machine has no free file handles left: raise fs.file-max or find what leaks them.',
  EISDIR: 'A directory has the name of the file: move it away.',
  ENOTDIR: 'A file has the name of the directory: move it away.',
  ELOOP: 'A symbolic link has the name of the file: replace it by the file, or link the directory instead.',
  EFBIG: 'Raise the limit of file sizes (ulimit -f), or rotate the ledger earlier.',
  ENAMETOOLONG: 'Choose a logs directory with a shorter path.',
  ESTALE: 'The network file system has lost the file: mount it again.',
};

/** What went wrong, as findings of any rule show it. */
export interface Cause {
  /** Name of the system's error, for example ENOSPC. */
  readonly actual: string;
  /** The same, with the system call it came from. */
  readonly text: string;
  /** What helps against it; null where only the rule's own advice does. */
  readonly fix: string | null;
}

/** The finding on a file that could not be written. */
export function writeFailed(place: Place, error: unknown): Finding {
  return failure('write-failed', place, 'could not be written', causeOf(error), {
    expected: 'a writable regular file',
  });
}

/** The finding on a file that is no longer needed and could not be removed. */
export function removalFailed(place: Place, error: unknown): Finding {
  return failure('removal-failed', place, 'could not be removed', causeOf(error));
}

/** A finding on what the system refused: `<file> <what>: <error>`. */
export function failure(
  rule: RuleId,
  { surface, shown }: Place,
  what: string,
  { actual, text, fix }: Cause,
  details: FindingDetails = {},
): Finding {
  const message = `${shown} ${what}: ${text}`;
  return finding(rule, { surface, file: shown, message, actual, ...details, ...(fix === null ? {} : { fix }) });
}

/** Cause of an error that was thrown. */
export function causeOf(error: unknown): Cause {
  const actual = errnoName(error);
  const call = failedCall(error);
  return { actual, text: call === null ? actual : `${actual} from ${call}`, fix: ADVICE[actual] ?? null };
}
