import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSite } from '../src/index.js';
import type { BuiltSite } from '../src/index.js';

const at = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** A small documentation with every kind of page. */
export const fixture: string = at('fixture/docs');

/** The documentation of this repository. */
export const repositoryDocs: string = at('../../../docs');

/** A site that was built into a temporary directory. */
export interface TestSite extends BuiltSite {
  readonly dir: string;
  readonly read: (file: string) => string;
}

const made: string[] = [];

/** Builds a documentation into a directory of its own, which `removeSites` removes. */
export function built(from: string): TestSite {
  const dir = directory();
  return { ...buildSite({ from, to: dir }), dir, read: (file) => readFileSync(path.join(dir, file), 'utf8') };
}

/** A copy of the fixture, for a test to change. */
export function copyOfFixture(): string {
  const dir = directory();
  cpSync(path.dirname(fixture), dir, { recursive: true });
  return path.join(dir, 'docs');
}

export function removeSites(): void {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
}

function directory(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'docs-site-'));
  made.push(dir);
  return dir;
}
