import { rename, unlink } from 'node:fs/promises';
import { fileIdentity } from './file-identity.js';
import { openFile, writeBytes } from './write-bytes.js';

/**
 * Replaces a file as a whole: the text goes to `temporary` (which must not exist, in the same directory), is flushed to
 * the disk, and takes the file's name. Readers see the old text or the new one. Resolves with the identity of the new
 * file. Rejects with the system's error; the old file is then untouched and the temporary one removed.
 */
export async function writeAtomically(file: string, temporary: string, text: string): Promise<string> {
  const handle = await openFile(temporary, 'wx');
  try {
    let identity: string;
    try {
      const { error } = await writeBytes(handle, Buffer.from(text));
      if (error !== null) throw error;
      await handle.sync();
      identity = fileIdentity(await handle.stat({ bigint: true }));
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    return identity;
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}
