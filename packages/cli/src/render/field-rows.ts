import { isKnown, segment } from '@hedge-telemetry/contract';
import type { FieldNode, Reading, ReadingState } from '@hedge-telemetry/contract';
import { valueText } from './values.js';

/** One field of a surface as it is shown. */
export interface FieldRow {
  readonly pointer: string;
  /** The value with its unit; where it is invalid, what stands there; empty where it is not known. */
  readonly value: string;
  readonly state: ReadingState;
}

/** Every field of a surface in the order of its schema, one row per value; arrays and maps item by item. */
export function fieldRows(root: FieldNode, readings: unknown): FieldRow[] {
  return rowsOf(root, readings, '', undefined);
}

/** True for a Reading, as opposed to an object whose fields are readings. */
export function isReading(view: unknown): view is Reading<unknown> {
  return typeof view === 'object' && view !== null && 'state' in view && 'value' in view && 'age_s' in view;
}

function rowsOf(node: FieldNode | undefined, view: unknown, pointer: string, unit: string | undefined): FieldRow[] {
  if (node?.kind === 'object' && typeof view === 'object' && view !== null) {
    return Object.entries(view).flatMap(([key, field]) =>
      rowsOf(node.fields?.[key], field, `${pointer}/${segment(key)}`, undefined),
    );
  }
  return isReading(view) ? readingRows(node, view, pointer, node?.unit ?? unit) : [];
}

function readingRows(
  node: FieldNode | undefined,
  reading: Reading<unknown>,
  pointer: string,
  unit: string | undefined,
): FieldRow[] {
  const items = itemsOf(node, reading);
  if (items === null) return [{ pointer, value: textOf(reading, unit), state: reading.state }];
  if (items.length === 0) return [{ pointer, value: 'empty', state: reading.state }];
  return items.flatMap(([key, item]) => rowsOf(node?.items ?? node?.values, item, `${pointer}/${segment(key)}`, unit));
}

/** The items of a known array or map of readings by key; null for everything else. */
function itemsOf(node: FieldNode | undefined, reading: Reading<unknown>): [string, unknown][] | null {
  if (!isKnown(reading) || typeof reading.value !== 'object' || reading.value === null) return null;
  return node?.kind === 'array' || node?.kind === 'map' ? Object.entries(reading.value) : null;
}

function textOf(reading: Reading<unknown>, unit: string | undefined): string {
  if (isKnown(reading)) return valueText(reading.value, unit);
  return reading.raw === undefined ? '' : valueText(reading.raw, undefined);
}
