import { isDamage } from './content.js';
import type { LedgerFile } from './content.js';
import type { LedgerView } from './files.js';
import { generationOf, holds } from './generation.js';
import type { LedgerPosition } from './position.js';

/** Finds generations among the files of a ledger. */
export interface Locator {
  /**
   * Index of the file that holds the position; -1 where none does. Where several begin alike, the one behind the
   * position's previous generation counts, else the oldest: a line twice is better than a line never.
   */
  locate(view: LedgerView, position: LedgerPosition): Promise<number>;
  /** The generation of a file; null where it has no first line yet, or is compressed and damaged from its beginning on. */
  generation(view: LedgerView, file: LedgerFile): Promise<string | null>;
}

/** Makes a locator, which remembers the generations of segments: they are never written again. */
export function createLocator(): Locator {
  const known = new Map<string, string>();

  return { locate, generation };

  async function locate(view: LedgerView, position: LedgerPosition): Promise<number> {
    const found: number[] = [];
    for (const [index, file] of view.files.entries()) {
      if ((await generation(view, file)) === position.generation && (await isIn(view, file, position)))
        found.push(index);
    }
    if (found.length <= 1) return found[0] ?? -1;
    for (const index of found) {
      const before = view.files[index - 1];
      if (before !== undefined && (await generation(view, before)) === position.previous) return index;
    }
    return found[0] ?? -1;
  }

  async function generation(view: LedgerView, file: LedgerFile): Promise<string | null> {
    const remembered = known.get(file.identity);
    if (remembered !== undefined && file.kind === 'segment') return remembered;
    const content = view.open(file);
    try {
      const print = await generationOf(content, file.kind === 'segment');
      if (print !== null && file.kind === 'segment') known.set(file.identity, print);
      return print;
    } catch (error) {
      if (isDamage(error)) return null;
      throw error;
    } finally {
      content.close();
    }
  }
}

async function isIn(view: LedgerView, file: LedgerFile, position: LedgerPosition): Promise<boolean> {
  const content = view.open(file);
  try {
    return await holds(content, position);
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  } finally {
    content.close();
  }
}
