import { finding } from '@hedge-telemetry/contract/writing';
import type { Finding } from '@hedge-telemetry/contract';
import { endLine, fragmentAt, sizeOf } from './open-ledger.js';
import type { OpenLedger } from './open-ledger.js';
import type { Place } from './write-failed.js';

/** Where the next line goes. */
export interface Tail {
  /** Bytes in the file. */
  readonly size: number;
  /** Bytes of the next line that the file ends in: an error cut it there, and it is continued. */
  readonly partial: number;
}

/** Where this writer's last write to a ledger ended, and whether the file still ends there. */
export interface LedgerTail {
  /** The end of the file; its last line is ended where it is not one that this writer goes on with. Throws the system's error. */
  find(ledger: OpenLedger): Tail;
  /** Takes note of a write. After one that `failed` the file may hold more than was counted. */
  moved(ledger: OpenLedger, to: Tail, failed: boolean): void;
}

interface Known extends Tail {
  readonly inode: string;
  readonly failed: boolean;
}

interface LedgerTailOptions extends Place {
  readonly say: (finding: Finding) => void;
}

/** Follows the end of a ledger. */
export function createLedgerTail({ shown, surface, say }: LedgerTailOptions): LedgerTail {
  let known: Known | null = null;
  let shared = false;

  function find(ledger: OpenLedger): Tail {
    const size = sizeOf(ledger);
    if (known !== null && known.inode === ledger.inode) {
      if (known.size === size) return known;
      tellChange(known, size);
    }
    return { size: healed(ledger, size), partial: 0 };
  }

  function tellChange(before: Known, size: number): void {
    const sizes = { surface, file: shown, expected: `${before.size} bytes`, actual: `${size} bytes` };
    if (size < before.size) say(finding('ledger-truncated', sizes));
    else if (!before.failed && !shared) {
      shared = true;
      say(finding('ledger-shared', sizes));
    }
  }

  function healed(ledger: OpenLedger, size: number): number {
    const fragment = fragmentAt(ledger, size);
    if (fragment === null) return size;
    endLine(ledger);
    const what = fragment.nul ? 'zero bytes of a power loss' : 'the beginning of a record';
    const message = `${shown} ended in ${fragment.bytes} bytes without a newline (${what}); a newline was put behind them`;
    say(finding('ledger-line-ended', { surface, file: shown, message, actual: `offset ${size - fragment.bytes}` }));
    return size + 1;
  }

  return {
    find,
    moved(ledger, to, failed) {
      known = { ...to, inode: ledger.inode, failed };
    },
  };
}
