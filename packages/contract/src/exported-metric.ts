import type { FieldNode } from './registry.js';

/** A time series as it is exported: in base units, which its name says. */
export interface ExportedMetric {
  readonly name: string;
  /** What a value is divided by to be in the base unit. */
  readonly divisor: number;
  /** What a value is multiplied by to be in the base unit. */
  readonly factor: number;
}

interface Conversion {
  readonly suffix: string;
  readonly base: string;
  readonly divisor: number;
  readonly factor: number;
}

/** Units that are no base units, the suffix that names say them with, and what takes its place. */
const conversions: Readonly<Record<string, Conversion>> = {
  percent: { suffix: '_percent', base: '_ratio', divisor: 100, factor: 1 },
  bps: { suffix: '_bps', base: '_ratio', divisor: 10_000, factor: 1 },
  ms: { suffix: '_milliseconds', base: '_seconds', divisor: 1_000, factor: 1 },
  hours: { suffix: '_hours', base: '_seconds', divisor: 1, factor: 3_600 },
  days: { suffix: '_days', base: '_seconds', divisor: 1, factor: 86_400 },
};

/** Name and conversion of the time series that a field exports; null where it exports none. */
export function exportedMetric({ metric, unit }: Pick<FieldNode, 'metric' | 'unit'>): ExportedMetric | null {
  if (metric === undefined) return null;
  const conversion = conversions[unit ?? ''];
  if (conversion === undefined) return { name: metric.name, divisor: 1, factor: 1 };
  const { divisor, factor } = conversion;
  return { name: baseName(metric.name, conversion), divisor, factor };
}

/** A name that does not say its unit is left alone. */
function baseName(name: string, { suffix, base }: Conversion): string {
  return name.endsWith(suffix) ? `${name.slice(0, -suffix.length)}${base}` : name;
}
