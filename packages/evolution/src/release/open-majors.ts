import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { Diff, SurfaceDiff } from '../diff/diff.js';
import type { Tree } from '../diff/tree.js';
import { MIGRATIONS } from '../paths.js';
import { stepFile } from '../releases/steps.js';
import { migrationStub } from '../stub/stub.js';
import type { ReleaseOptions, ReleaseReport, StubFile } from './report.js';
import { withNextTag } from './source-edits.js';
import { writeAll } from './writes.js';
import type { Writes } from './writes.js';

/** Opens the next major version of surfaces that break theirs: writes the migration and moves the tag; nothing is frozen. */
export async function openMajors(
  { root, dryRun = false }: ReleaseOptions,
  tree: Tree,
  diff: Diff,
  broken: readonly SurfaceDiff[],
): Promise<ReleaseReport> {
  const writes: Writes = new Map();
  const stubs: StubFile[] = [];
  for (const { surface } of broken) {
    const latest = tree.releases.of(surface).at(-1);
    const working = tree.working.get(surface);
    if (latest === undefined || working === undefined) continue;
    const source = `schemas/${working.origin('').file}`;
    writes.set(source, withNextTag(await readFile(path.join(root, source), 'utf8'), surface, latest.major));
    const { text, unwritten } = migrationStub(surface, latest.major, latest.schema, working.schema);
    const file = `${MIGRATIONS}/${stepFile(surface, latest.major)}`;
    writes.set(file, text);
    stubs.push({ surface, from: latest.major, file, unwritten });
  }
  const files = await writeAll(root, writes, dryRun);
  return { outcome: 'opened', diff, released: [], stubs, files, findings: [] };
}
