import { finding } from '@hedge-telemetry/contract';
import type { Finding, FindingDetails } from '@hedge-telemetry/contract';
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

/** The finding on a file that could not be written; `actual` holds the name of the system's error, for example ENOSPC. */
export function writeFailed({ surface, shown }: Place, error: unknown): Finding {
  const { actual, message, fix } = causeOf(error);
  return finding('write-failed', {
    surface,
    file: shown,
    message: `${shown} could not be written: ${message}`,
    expected: 'a writable regular file',
    actual,
    ...fix,
  });
}

/** Name, text and remedy of what went wrong, as findings of any rule show them. */
export function causeOf(error: unknown): { actual: string; message: string; fix: Pick<FindingDetails, 'fix'> } {
  const actual = errnoName(error);
  const call = failedCall(error);
  const advice = ADVICE[actual];
  return {
    actual,
    message: call === null ? actual : `${actual} from ${call}`,
    fix: advice === undefined ? {} : { fix: advice },
  };
}
