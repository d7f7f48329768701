import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseJson, registry, validateWriterView } from '@hedge-telemetry/contract';
import { surfaces, versionOf } from './records.mjs';
import type { Surface } from './records.mjs';

/** Versions that a state file may hold. */
export interface Bounds {
  /** The newest version that a flush covered, 0 where none did. */
  readonly flushed: number;
  /** The newest version that publish() may have taken. */
  readonly published: number;
}

/** What is wrong with the state files of a logs directory. */
export function checkState(dir: string, bounds: Bounds): string[] {
  return surfaces.flatMap((surface) => checkFile(surface, path.join(dir, registry[surface].file), bounds));
}

function checkFile(surface: Surface, file: string, { flushed, published }: Bounds): string[] {
  if (!existsSync(file)) return flushed > 0 ? [`${file} is missing, though version ${flushed} was flushed`] : [];
  const bytes = readFileSync(file);
  const version = wholeVersionOf(surface, bytes);
  if (version === null) return [`${file} is torn or invalid: ${bytes.length} bytes`];
  if (version < flushed) return [`${file} holds version ${version}, though ${flushed} was flushed`];
  if (version > published) return [`${file} holds version ${version}, though only ${published} was published`];
  return [];
}

/** The version of a document that is whole and valid, or null. */
export function wholeVersionOf(surface: Surface, bytes: Buffer): number | null {
  const parsed = parseJson(bytes);
  if (!parsed.ok || validateWriterView(surface, parsed.value).length > 0) return null;
  return versionOf(surface, parsed.value);
}
