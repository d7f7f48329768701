import type { FieldNode, Reading } from '@hedge-telemetry/contract';
import { plainText } from '../view/plain-text.js';
import { isKnown, isReading, readingAt } from '../view/reading.js';
import { stateWords } from '../view/states.js';
import { html } from './markup.js';
import type { Markup } from './markup.js';

/** A reading as a table cell. What is not known is a word; a word that no reader knows, and what is invalid, is shown as spelled. */
export function readingCell(reading: Reading<unknown>, node: FieldNode | undefined): Markup {
  const { state } = reading;
  return html`<td class="${state}" data-state="${state}">${readingWords(reading, node)}</td>`;
}

/** The value, and its state where that is not fresh. */
export function readingWords(reading: Reading<unknown>, node: FieldNode | undefined): string {
  const { word } = stateWords[reading.state];
  if (isKnown(reading)) {
    const text = plainText(bare(reading.value), node?.unit);
    return reading.state === 'fresh' ? text : `${text} (${word})`;
  }
  return 'raw' in reading && reading.raw !== undefined ? `${word}: ${plainText(reading.raw, undefined)}` : word;
}

/** A reading at a path of a surface. */
export function at(tree: unknown, path: string): Reading<unknown> {
  return readingAt(tree, path.split('/'));
}

/** Values without their states, for what is shown in one cell. */
function bare(value: unknown): unknown {
  if (isReading(value)) return isKnown(value) ? bare(value.value) : value.state;
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, bare(each)]));
}
