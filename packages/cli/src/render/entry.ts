import { registry, valueAt } from '@hedge-telemetry/contract';
import type { LedgerEntry } from '@hedge-telemetry/reader';
import { safe } from './safe.js';
import type { Style } from './style.js';
import { valueText } from './values.js';

const SHOWN_LENGTH = 160;

/** A line of a ledger as one line of text: where it stands, when, what, and its fields; or its text where it is broken. */
export function renderEntry({ ledger, line, offset, record, raw }: LedgerEntry, style: Style): string {
  const place = style('dim', line === null ? `@${offset}` : String(line));
  if (record === null) return `${place}  ${style('red', 'invalid')}  ${safe((raw ?? '').slice(0, SHOWN_LENGTH))}`;
  const { age, root } = registry[ledger];
  const when = valueText(valueAt(record, age.pointer), undefined);
  const tag = root.tag === undefined ? undefined : valueAt(record, `/${root.tag}`);
  const what = typeof tag === 'string' ? [style('bold', safe(tag))] : [];
  const shown = new Set(['schema', age.pointer.slice(1), root.tag]);
  const fields = Object.entries(record)
    .filter(([key]) => !shown.has(key))
    .map(([key, value]) => safe(`${key}=${valueText(value, undefined)}`));
  return [place, safe(when), ...what, fields.join(' ')].join('  ');
}
