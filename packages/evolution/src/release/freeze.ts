import { INDEX_FILE, releaseFile, sha256 } from '../releases/releases.js';
import type { Accepted, IndexEntry, ReleaseIndex, Releases } from '../releases/releases.js';
import { resolveSince } from '../tree/annotations.js';
import type { Schema } from '../tree/load.js';

/** A version about to be frozen. */
export interface Frozen {
  readonly surface: string;
  readonly version: string;
  /** Path below schemas/. */
  readonly file: string;
  readonly schema: Schema;
  readonly text: string;
  readonly entry: IndexEntry;
}

export interface FreezeOptions {
  readonly surface: string;
  readonly version: string;
  /** Self-contained working schema, with its `$id`. */
  readonly schema: Schema;
  readonly dialects: readonly string[];
  readonly accepted: readonly Accepted[];
  readonly releases: Releases;
}

/** The frozen copy of a working schema: self-contained, with an `$id` of its own and every "next" replaced. */
export function freeze({ surface, version, schema, dialects, accepted, releases }: FreezeOptions): Frozen {
  const file = releaseFile(surface, version);
  const earlier = releases.of(surface).map((each) => each.schema);
  const { $schema, $id, ...rest } = resolveSince(schema, earlier, version);
  const frozen = { $schema, $id: releasedId(String($id), file), ...rest };
  const text = `${JSON.stringify(frozen, null, 2)}\n`;
  return { surface, version, file, schema: frozen, text, entry: { version, sha256: sha256(text), dialects, accepted } };
}

/** schemas/released/index.json with the new versions in it. */
export function indexText(index: ReleaseIndex, frozen: readonly Frozen[]): [file: string, text: string] {
  const all: Record<string, readonly IndexEntry[]> = { ...index };
  for (const { surface, entry } of frozen) all[surface] = [...(all[surface] ?? []), entry];
  const sorted = Object.fromEntries(Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return [INDEX_FILE, `${JSON.stringify(sorted, null, 2)}\n`];
}

/** The `$id` of a frozen file: below the folder that the working schemas' identifiers share. */
function releasedId(id: string, file: string): string {
  return `${id.replace(/(state|logs)\/[^/]*$/, '')}${file}`;
}
