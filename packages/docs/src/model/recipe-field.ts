import type { SurfaceEntry } from '@hedge-telemetry/contract';

import { fieldRows } from './fields.js';
import type { FieldRow } from './fields.js';

/** The field that the recipes of a surface ask for: its first metric outside lists and maps, else its first number. */
export function recipeField(entry: SurfaceEntry): FieldRow {
  const isArray = entry.root.kind === 'array';
  const rows = fieldRows(entry).filter(({ path }) => path.indexOf('*', isArray ? 1 : 0) === -1);
  const isNumber = ({ node }: FieldRow): boolean => node.type === 'number' || node.type === 'integer';
  const found =
    rows.find(({ node }) => node.metric !== undefined) ??
    rows.find((row) => isNumber(row) && row.node.unit !== 'epoch_s') ??
    rows.find(({ path }) => path.at(-1) !== 'schema');
  if (found === undefined) throw new Error(`${entry.name} has no field`);
  return found;
}
