import { isKnown, registry } from '@hedge-telemetry/contract';
import type { FieldNode, Reading } from '@hedge-telemetry/contract';
import type { SurfaceReading } from '@hedge-telemetry/reader';
import { fieldRows, isReading } from './field-rows.js';
import { safe } from './safe.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';
import type { Cell } from './table.js';
import { ageText, readingText, stateInks } from './values.js';

/** A surface as text: its state, then every field, or one row per item where the surface is a list of rows. */
export function renderSurface(reading: SurfaceReading, style: Style): string[] {
  const { root } = registry[reading.surface];
  return [...header(reading, style), '', ...body(root, reading, style)];
}

function header({ surface, file, state, age_s, timestamp, version, dialect }: SurfaceReading, style: Style): string[] {
  const when = timestamp === null ? 'time not known' : `age ${ageText(age_s)}`;
  const facts = [when, `version ${version ?? 'not known'}`, `dialect ${dialect ?? 'not known'}`];
  return [
    `${style('bold', surface)}  ${style(stateInks[state], state.toUpperCase())}  ${facts.join('  ')}`,
    style('dim', safe(file)),
  ];
}

function body(root: FieldNode, { readings }: SurfaceReading, style: Style): string[] {
  const view: unknown = readings;
  if (root.kind === 'array' && isReading(view)) return itemTable(root.items, view, style);
  const rows = fieldRows(root, view).map(({ pointer, value, state }): Cell[] => [
    { text: pointer },
    { text: value },
    { text: state, ink: stateInks[state] },
  ]);
  return renderTable([titles(['field', 'value', 'state']), ...rows], style);
}

function itemTable(node: FieldNode | undefined, reading: Reading<unknown>, style: Style): string[] {
  if (!isKnown(reading) || !Array.isArray(reading.value)) return [style(stateInks[reading.state], reading.state)];
  if (reading.value.length === 0) return ['empty'];
  const fields = Object.entries(node?.fields ?? {});
  const rows = reading.value.map((item: unknown) => fields.map(([key, field]) => itemCell(item, key, field)));
  return renderTable([titles(fields.map(([key]) => key)), ...rows], style);
}

function itemCell(item: unknown, key: string, field: FieldNode): Cell {
  if (isReading(item)) return { text: item.state, ink: stateInks[item.state] };
  const reading: unknown = new Map<string, unknown>(Object.entries(item ?? {})).get(key);
  if (!isReading(reading)) return { text: '' };
  const text = readingText(reading, field.unit === 'epoch_s' ? undefined : field.unit);
  return isKnown(reading) ? { text } : { text, ink: stateInks[reading.state] };
}

function titles(names: readonly string[]): Cell[] {
  return names.map((text) => ({ text, ink: 'dim' as const }));
}
