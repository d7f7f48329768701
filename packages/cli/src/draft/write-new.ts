import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What became of a file that was to be written. */
export interface Put {
  readonly file: string;
  readonly outcome: 'written' | 'kept' | 'unchanged' | 'failed';
  /** Why it could not be written. */
  readonly reason: string | null;
}

/** Writes a file that is not there yet; one that is stays as it is, unless it may be renewed. Never rejects. */
export async function putFile(file: string, text: string, mayRenew = false): Promise<Put> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text, { flag: mayRenew ? 'w' : 'wx' });
    return { file, outcome: 'written', reason: null };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code !== 'EEXIST') return { file, outcome: 'failed', reason: code };
    return { file, outcome: (await holds(file, text)) ? 'unchanged' : 'kept', reason: null };
  }
}

async function holds(file: string, text: string): Promise<boolean> {
  try {
    return (await readFile(file, 'utf8')) === text;
  } catch {
    return false;
  }
}

/** A value as the text of a JSON file. */
export function fileText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
