import path from 'node:path';

import { registry, surfaceOfFile } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';

import { walk } from '../check/walk.js';
import { draftSurface, schemaPath } from './draft-surface.js';
import type { SurfaceKind } from './draft-surface.js';
import { readSamples } from './samples.js';
import { fileText, putFile } from './write-new.js';

/** What became of one file of the directory. */
export interface Inferred {
  /** Path below the directory. */
  readonly path: string;
  readonly name: string | null;
  /** Where the draft is, relative to the working directory; null where there is none. */
  readonly draft: string | null;
  readonly outcome: 'drafted' | 'kept' | 'declared' | 'left-out' | 'failed';
  /** Why it is so, where that is not plain. */
  readonly reason: string | null;
  /** Documents or lines that were looked at. */
  readonly samples: number;
  /** What only a person can answer. */
  readonly questions: number;
  readonly findings: readonly Finding[];
}

const TEXTS = /\.jsonl?$/;
/** Segments of a rotated ledger and what a mirror keeps aside are not surfaces. */
const LEFT_OUT: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/(^|\/)quarantine\//, 'a mirror keeps it aside'],
  [/(^|\/)\.[^/]*$/, 'a hidden file'],
  [/\.\d{8}T[^/]*\.jsonl$/, 'a rotated segment'],
  [/\.schema\.json$/, 'a schema'],
];

/** Drafts a schema for every JSON file below `dir` that has none, below `out`. Nothing is overwritten. Never rejects. */
export async function inferDirectory(dir: string, out: string): Promise<Inferred[]> {
  const results: Inferred[] = [];
  const taken = new Map<string, string>();
  for (const { path: file, failure } of await walk(dir)) {
    if (failure !== null) results.push(result(file, { outcome: 'failed', reason: failure }));
    else if (TEXTS.test(file)) results.push(await inferFile(dir, file, out, taken));
  }
  return results;
}

async function inferFile(dir: string, file: string, out: string, taken: Map<string, string>): Promise<Inferred> {
  const declared = surfaceOfFile(file);
  if (declared !== null) return result(file, { name: declared.name, outcome: 'declared' });
  const leftOut = LEFT_OUT.find(([pattern]) => pattern.test(file));
  if (leftOut !== undefined) return result(file, { outcome: 'left-out', reason: leftOut[1] });
  const name = surfaceName(file);
  if (name === null) return result(file, { outcome: 'left-out', reason: 'its name is none that a surface can have' });
  const other = Object.hasOwn(registry, name) ? 'the contract' : taken.get(name);
  if (other !== undefined) return result(file, { name, outcome: 'left-out', reason: `${other} has a ${name} already` });
  taken.set(name, file);
  const { seen, count, findings } = await readSamples(dir, file);
  if (count === 0) return result(file, { name, outcome: 'failed', reason: 'nothing in it could be read', findings });
  const kind: SurfaceKind = file.endsWith('.jsonl') ? 'ledger' : 'state';
  const { schema, questions } = draftSurface(name, kind, seen);
  const draft = path.join(out, schemaPath(name, kind));
  const put = await putFile(draft, fileText(schema));
  const outcome = put.outcome === 'failed' ? 'failed' : put.outcome === 'kept' ? 'kept' : 'drafted';
  return result(file, { name, draft, outcome, reason: put.reason, samples: count, questions, findings });
}

/** `execution/Order Log.jsonl` can be called order_log. */
function surfaceName(file: string): string | null {
  const name = path.posix
    .basename(file)
    .replace(TEXTS, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  return /^[a-z][a-z0-9_]*$/.test(name) ? name : null;
}

function result(file: string, known: Partial<Inferred> & Pick<Inferred, 'outcome'>): Inferred {
  return { path: file, name: null, draft: null, reason: null, samples: 0, questions: 0, findings: [], ...known };
}
