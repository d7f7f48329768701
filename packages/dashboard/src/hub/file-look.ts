import { stat } from 'node:fs/promises';

/** What a file looked like, so that a later look tells whether it is another one or was changed. */
export interface FileLook {
  /** Null where there is no file. */
  readonly key: string | null;
  readonly size: number | null;
  /** Changed so lately that a second change might look the same. */
  readonly isRacy: boolean;
}

/** File systems may stamp two changes within this time alike, in milliseconds. */
const TICK_MS = 10;

/** Looks at a file, by the time that the system itself stamped it with, without opening it. Never rejects. */
export async function lookAt(path: string): Promise<FileLook> {
  try {
    const { ino, dev, mtimeNs, ctimeNs, ctimeMs, size } = await stat(path, { bigint: true });
    return {
      key: `${dev} ${ino} ${mtimeNs} ${ctimeNs} ${size}`,
      size: Number(size),
      isRacy: Math.abs(Date.now() - Number(ctimeMs)) < TICK_MS,
    };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'error';
    return { key: code === 'ENOENT' ? null : code, size: null, isRacy: false };
  }
}
