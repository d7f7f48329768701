import type { FieldNode, Reading } from '@hedge-telemetry/contract';
import { preferences } from '../model/prefs.js';
import { isKnown, isReading } from '../model/reading.js';
import { clipped, shown } from '../model/format.js';
import type { Shown } from '../model/format.js';
import { fullStamp } from '../model/time.js';
import { wordTone } from '../model/tones.js';
import { useStore } from '../ui/use-store.js';
import { Value } from '../ui/value.js';

interface FieldValueProps {
  readonly reading: Reading<unknown>;
  readonly node: FieldNode;
  readonly of: string;
  /** What the contract says of null and absence holds: the document fits it. */
  readonly isSound: boolean;
  readonly brief?: boolean;
}

const judged = new Set(['RiskMode', 'DrawdownState', 'AtrRegime', 'RouterQuality', 'SharpeState', 'AllocatorRiskMode']);

/** A field as the contract declares it: its unit, what its absence means, and how bad a word of an enumeration is. */
export function FieldValue({ reading, node, of, isSound, brief = false }: FieldValueProps) {
  const { zone } = useStore(preferences);
  const show = (value: unknown): Shown =>
    node.unit === 'epoch_s' && typeof value === 'number'
      ? { text: fullStamp(value, zone), unit: '' }
      : shownValue(value, node);
  const isJudged = node.enum !== undefined && judged.has(node.typeName ?? '');
  return (
    <Value
      reading={reading}
      of={of}
      show={show}
      tone={isJudged ? wordTone : undefined}
      meaning={reading.state === 'absent' && isSound ? (node.whenNull ?? node.whenAbsent) : undefined}
      brief={brief}
    />
  );
}

function shownValue(value: unknown, node: FieldNode): Shown {
  if (Array.isArray(value)) return { text: clipped(listText(value)), unit: '' };
  if (typeof value === 'object' && value !== null) return { text: clipped(listText([plainOf(value)])), unit: '' };
  return shown(value, node.unit);
}

function listText(values: readonly unknown[]): string {
  if (values.length === 0) return 'none';
  return values.map((each) => textOf(plainOf(each))).join(', ');
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const entries = Object.entries(value).filter(([, each]) => each !== null);
    return entries.length === 0 ? 'none' : entries.map(([key, each]) => `${key} ${textOf(each)}`).join(', ');
  }
  return JSON.stringify(value) ?? '';
}

/** The values behind readings, at every depth. */
function plainOf(value: unknown): unknown {
  if (isReading(value)) return isKnown(value) ? plainOf(value.value) : null;
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plainOf(each)]));
}
