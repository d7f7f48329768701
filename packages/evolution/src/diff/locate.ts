import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { EvolutionFinding } from '../finding.js';
import { createLocator } from '../tree/positions.js';

/** The findings with the line of the file on which each pointer stands. */
export async function locate(root: string, findings: readonly EvolutionFinding[]): Promise<EvolutionFinding[]> {
  const locators = new Map<string, ReturnType<typeof createLocator> | null>();
  const placed: EvolutionFinding[] = [];
  for (const each of findings) {
    if (each.file === null || each.pointer === null || !each.file.endsWith('.json')) {
      placed.push(each);
      continue;
    }
    if (!locators.has(each.file)) {
      const text = await readFile(path.join(root, each.file), 'utf8').catch(() => null);
      locators.set(each.file, text === null ? null : createLocator(text));
    }
    const at = locators.get(each.file)?.(each.pointer) ?? null;
    placed.push(at === null ? each : { ...each, line: at.line, column: at.column });
  }
  return placed;
}
