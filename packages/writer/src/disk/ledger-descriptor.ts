import { fdatasyncSync } from 'node:fs';
import { finding } from '@hedge-telemetry/contract/writing';
import type { Finding } from '@hedge-telemetry/contract';
import { closeQuietly, syncDirectories } from './descriptors.js';
import { isCurrent, openLedger } from './open-ledger.js';
import type { OpenLedger } from './open-ledger.js';
import { causeOf, failure } from './write-failed.js';
import type { Place } from './write-failed.js';

/** The descriptor of a ledger, and what was written through it that is not known to be on disk. */
export interface LedgerDescriptor {
  /** The file that has the name now, opened where it is not. Throws the system's error. */
  current(): OpenLedger;
  /** Takes note of bytes that were written behind `size` others. */
  wrote(size: number, bytes: number): void;
  /** Puts on disk what was written, and the names of files; the finding names what may be missing there. */
  sync(): Finding | null;
  /** Closes the file. What was written is put on disk before; where that fails, the next sync() says so. */
  release(): void;
  /** Takes note that a name in the directory has changed, and of the topmost directory that had to be made for it. */
  namesChanged(made: string | null): void;
}

interface LedgerDescriptorOptions extends Place {
  readonly file: string;
  readonly say: (finding: Finding) => void;
}

/** Makes the descriptor of a ledger; opens nothing yet. */
export function createLedgerDescriptor({ file, shown, surface, say }: LedgerDescriptorOptions): LedgerDescriptor {
  let opened: OpenLedger | null = null;
  let unsynced: { readonly from: number; readonly bytes: number } | null = null;
  let names: { readonly made: string | null } | null = null;
  let doubt: Finding | null = null;

  function current(): OpenLedger {
    if (opened !== null && !isCurrent(file, opened)) {
      release();
      say(finding('ledger-moved', { surface, file: shown }));
    }
    if (opened === null) {
      opened = openLedger(file);
      namesChanged(opened.made);
    }
    return opened;
  }

  function namesChanged(made: string | null): void {
    names = { made: names?.made ?? made };
  }

  function release(): void {
    doubt ??= syncBytes();
    if (opened !== null) closeQuietly(opened.fd);
    opened = null;
  }

  function syncBytes(): Finding | null {
    if (opened === null || unsynced === null) return null;
    const { fd } = opened;
    const range = unsynced;
    unsynced = null;
    return attempt(`${range.bytes} bytes from offset ${range.from} on`, () => fdatasyncSync(fd));
  }

  function syncNames(): Finding | null {
    if (names === null) return null;
    const { made } = names;
    const failed = attempt('its name in the directory', () => syncDirectories(file, made));
    if (failed === null) names = null;
    return failed;
  }

  function attempt(what: string, work: () => void): Finding | null {
    try {
      work();
      return null;
    } catch (error) {
      return failure('sync-failed', { surface, shown }, `may lack ${what} after a power loss`, causeOf(error), {
        expected: what,
      });
    }
  }

  /** A descriptor whose sync failed is given up: the kernel reports a failure once, and the next sync would say nothing. */
  function sync(): Finding | null {
    const bytes = syncBytes();
    if (bytes !== null) release();
    const [first = null, ...others] = [doubt, bytes, syncNames()].filter((each) => each !== null);
    doubt = null;
    for (const each of others) say(each);
    return first;
  }

  return {
    current,
    wrote(size, bytes) {
      if (bytes > 0) unsynced = { from: unsynced?.from ?? size, bytes: (unsynced?.bytes ?? 0) + bytes };
    },
    sync,
    release,
    namesChanged,
  };
}
