import type { FileHandle } from 'node:fs/promises';
import { finding, MAX_DOCUMENT_BYTES } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';
import { openRegular, troubleOf } from './open-regular.js';
import type { Trouble } from './open-regular.js';

/** The bytes of a file, or why they could not be read. */
export type RegularBytes = { readonly ok: true; readonly bytes: Uint8Array } | Trouble;

const GROWTH_BYTES = 64 * 1024;

/**
 * Reads a whole regular file of at most MAX_DOCUMENT_BYTES. A larger one is refused before it is read, and one that
 * grows past the limit meanwhile is refused then. A symbolic link is followed only to what lies below `root`. Never
 * throws and never waits for a FIFO.
 */
export async function readRegular(path: string, root: string): Promise<RegularBytes> {
  const opened = await openRegular(path, root);
  if (!opened.ok) return opened;
  try {
    if (opened.size > MAX_DOCUMENT_BYTES) return tooLarge(opened.size);
    return await readToEnd(opened.handle, opened.size);
  } catch (error) {
    return troubleOf(error);
  } finally {
    await opened.handle.close().catch(() => undefined);
  }
}

/** What is said of a document of too many bytes. */
export function tooLargeFinding(bytes: number): Finding {
  return finding('file-too-large', {
    expected: `at most ${MAX_DOCUMENT_BYTES} bytes`,
    actual: `${bytes} bytes`,
  });
}

async function readToEnd(handle: FileHandle, size: number): Promise<RegularBytes> {
  let buffer = Buffer.allocUnsafe(size + 1);
  let filled = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, filled);
    filled += bytesRead;
    if (filled > MAX_DOCUMENT_BYTES) return tooLarge(filled);
    if (bytesRead === 0) return { ok: true, bytes: buffer.subarray(0, filled) };
    if (filled === buffer.length) buffer = Buffer.concat([buffer], filled * 2 + GROWTH_BYTES);
  }
}

function tooLarge(bytes: number): Trouble {
  return { ok: false, missing: false, finding: tooLargeFinding(bytes) };
}
