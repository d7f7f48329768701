import type { Sample } from './samples.js';

/** A metric with all its series. */
export interface Family {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  readonly samples: readonly Sample[];
}

const LONGEST_LABEL = 200;
const LONE_SURROGATE = /[\ud800-\udfff]/gu;

/** Families in the Prometheus text format, version 0.0.4. Families without a sample are left out; of two series with the same labels the first counts. */
export function expositionText(families: readonly Family[]): string {
  return families.map(familyText).join('');
}

function familyText({ name, type, help, samples }: Family): string {
  const lines = new Map<string, string>();
  for (const { labels, value } of samples) {
    const series = `${name}${labelText(labels)}`;
    if (!lines.has(series)) lines.set(series, `${series} ${numberText(value)}\n`);
  }
  if (lines.size === 0) return '';
  return `# HELP ${name} ${escaped(help, false)}\n# TYPE ${name} ${type}\n${[...lines.values()].join('')}`;
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const parts = Object.entries(labels).map(
    ([label, value]) => `${label}="${escaped(value.slice(0, LONGEST_LABEL), true)}"`,
  );
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

function escaped(text: string, isQuoted: boolean): string {
  const plain = text.replace(LONE_SURROGATE, '\uFFFD').replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return isQuoted ? plain.replaceAll('"', '\\"') : plain;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return String(value);
}
