import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { docsFinding } from './finding.js';
import type { DocsFinding } from './finding.js';
import { freshPage, mergePage, proseOf } from './regions.js';
import type { Page } from './regions.js';

/** What is generated: pages whose prose survives, and whole files that are made from the merged pages. */
export interface Output {
  readonly pages: readonly Page[];
  /** Further files by path below the root, given the text of every page. */
  readonly files: (pages: ReadonlyMap<string, string>) => ReadonlyMap<string, string>;
}

/** What has to change so that the files are what the contract says. */
export interface Plan {
  /** Texts of files that are missing or differ, by path below the root. */
  readonly writes: ReadonlyMap<string, string>;
  /** Files in generated folders that nothing stands for. */
  readonly removals: readonly string[];
  /** What is missing, changed or orphaned, and which pages cannot be merged. */
  readonly findings: readonly DocsFinding[];
}

/** Folders below the root that hold nothing but generated files and pages. */
const FOLDERS = ['docs/surfaces', 'docs/ledgers', 'docs/rules', 'docs/index', 'docs/schemas'];

/** Compares a root with what was generated; writes nothing. */
export async function planOutput(root: string, { pages, files }: Output): Promise<Plan> {
  const writes = new Map<string, string>();
  const findings: DocsFinding[] = [];
  const texts = new Map<string, string>();
  const compare = (file: string, present: string | null, text: string): void => {
    if (present === text) return;
    writes.set(file, text);
    findings.push(docsFinding(present === null ? 'docs-missing' : 'docs-changed', file));
  };
  for (const page of pages) {
    const present = await textOf(root, page.file);
    const merged = present === null ? freshPage(page) : mergePage(page, present);
    texts.set(page.file, typeof merged === 'string' ? merged : (present ?? ''));
    if (typeof merged === 'string') compare(page.file, present, merged);
    else findings.push(docsFinding('docs-marker-broken', page.file, merged));
  }
  const whole = files(texts);
  for (const [file, text] of whole) compare(file, await textOf(root, file), text);
  const orphans = await orphansIn(root, new Set([...texts.keys(), ...whole.keys()]));
  return { writes, removals: orphans.removals, findings: [...findings, ...orphans.findings] };
}

/** Carries a plan out; files that need no change are not touched. Returns the findings that it cannot mend. */
export async function writeOutput(root: string, { writes, removals, findings }: Plan): Promise<DocsFinding[]> {
  for (const [file, text] of writes) {
    const target = path.join(root, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
  }
  for (const file of removals) await rm(path.join(root, file));
  const mended = new Set([...writes.keys(), ...removals]);
  return findings.filter(({ file }) => file === null || !mended.has(file));
}

async function orphansIn(
  root: string,
  generated: ReadonlySet<string>,
): Promise<{ removals: string[]; findings: DocsFinding[] }> {
  const present = (await Promise.all(FOLDERS.map((each) => listFiles(root, each)))).flat().toSorted();
  const removals: string[] = [];
  const findings: DocsFinding[] = [];
  for (const file of present.filter((each) => !generated.has(each))) {
    const holdsProse = file.endsWith('.md') && proseOf((await textOf(root, file)) ?? '') !== '';
    if (!holdsProse) removals.push(file);
    findings.push(docsFinding('docs-orphaned', file, holdsProse ? { actual: 'a page that holds prose' } : {}));
  }
  return { removals, findings };
}

function textOf(root: string, file: string): Promise<string | null> {
  return readFile(path.join(root, file), 'utf8').catch(() => null);
}

async function listFiles(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((each) => each.isFile())
    .map((each) => path.relative(root, path.join(each.parentPath, each.name)).split(path.sep).join('/'));
}
