import { record } from '../values.js';

/** A block in which `key`, where it is missing, comes from the copy that the document keeps elsewhere. */
export function withCopy(block: unknown, key: string, copy: unknown): unknown {
  if (copy === undefined || copy === null) return block;
  if (block === undefined || block === null) return { [key]: copy };
  const source = record(block);
  return source === null || (source[key] !== undefined && source[key] !== null) ? block : { ...source, [key]: copy };
}
