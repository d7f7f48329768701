import { existsSync } from 'node:fs';
import path from 'node:path';

import { loadSchemas } from '@hedge-telemetry/evolution';
import type { Finding } from '@hedge-telemetry/contract';

import { draftSurface, schemaPath } from './draft-surface.js';
import type { SurfaceKind } from './draft-surface.js';
import { examplesOf } from './examples.js';
import { createObservation } from './observe.js';
import { readSamples } from './samples.js';
import { fileText, putFile } from './write-new.js';
import type { Put } from './write-new.js';

export interface AddSurfaceOptions {
  /** Directory that holds schemas/. */
  readonly root: string;
  readonly kind: SurfaceKind;
  /** A state file or ledger to draft the schema from. */
  readonly from: string | null;
  /** Rewrites the examples that this makes, from the schema as it is now. */
  readonly renew: boolean;
}

/** What was written for a surface. */
export interface AddedSurface {
  readonly files: readonly Put[];
  /** What the draft asks; 0 where the schema was there already. */
  readonly questions: number;
  /** What the file that was drafted from made hard to read. */
  readonly findings: readonly Finding[];
}

/**
 * Writes the schema of a surface, unless it is there, and the examples that it lacks; nothing where `from` cannot be
 * read. Throws where a schema is no JSON.
 */
export async function addSurface(name: string, { root, kind, from, renew }: AddSurfaceOptions): Promise<AddedSurface> {
  const file = path.join(root, 'schemas', schemaPath(name, kind));
  const { seen, count, findings } = await samplesOf(from);
  if (from !== null && count === 0) return { files: [], questions: 0, findings };
  const draft = draftSurface(name, kind, seen);
  const isThere = existsSync(file);
  const schema = isThere
    ? { file, outcome: 'kept' as const, reason: null }
    : await putFile(file, fileText(draft.schema));
  const examples = schema.outcome === 'failed' ? [] : await putExamples(root, name, kind, renew);
  return { files: [schema, ...examples], questions: isThere ? 0 : draft.questions, findings };
}

async function samplesOf(from: string | null): ReturnType<typeof readSamples> {
  if (from === null) return { seen: createObservation(), count: 0, findings: [] };
  return readSamples(path.dirname(from), path.basename(from));
}

async function putExamples(root: string, name: string, kind: SurfaceKind, renew: boolean): Promise<Put[]> {
  const set = await loadSchemas(path.join(root, 'schemas'));
  const file = set.files.find((each) => each.path === schemaPath(name, kind));
  if (file === undefined) return [];
  const folder = path.join(root, 'schemas/examples', name);
  const puts: Put[] = [];
  for (const example of examplesOf(set, file))
    puts.push(await putFile(path.join(folder, example.path), fileText(example.value), renew));
  return puts;
}
