import { registry, stateNames } from '@hedge-telemetry/contract';
import type { FieldNode, StateName } from '@hedge-telemetry/contract';

/** A time series that the contract declares with `x-metric`, in base units. */
export interface MetricDefinition {
  readonly name: string;
  readonly type: 'gauge' | 'counter' | 'stateset';
  readonly help: string;
  readonly surface: StateName;
  /** Keys from the root; ITEMS stands for every item of an array, VALUES for every value of a map. */
  readonly path: readonly string[];
  /** Label to "key", or to a pointer relative to the enclosing row. */
  readonly labels: Readonly<Record<string, string>>;
  /** What a value is divided by to be in the base unit. */
  readonly divisor: number;
  /** What a value is multiplied by to be in the base unit. */
  readonly factor: number;
  /** The values of an enumeration. */
  readonly states: readonly string[];
}

export const ITEMS = '\u0000items';
export const VALUES = '\u0000values';

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

/** Every time series of the contract, in the order of its surfaces and fields. */
export const metricDefinitions: readonly MetricDefinition[] = stateNames.flatMap((surface) =>
  definitionsIn(surface, registry[surface].root, []),
);

function definitionsIn(surface: StateName, node: FieldNode, path: readonly string[]): MetricDefinition[] {
  const own = node.metric === undefined ? [] : [definition(surface, node, node.metric, path)];
  const fields = Object.entries(node.fields ?? {}).flatMap(([key, field]) =>
    definitionsIn(surface, field, [...path, key]),
  );
  const items = node.items === undefined ? [] : definitionsIn(surface, node.items, [...path, ITEMS]);
  const values = node.values === undefined ? [] : definitionsIn(surface, node.values, [...path, VALUES]);
  return [...own, ...fields, ...items, ...values];
}

function definition(
  surface: StateName,
  node: FieldNode,
  metric: NonNullable<FieldNode['metric']>,
  path: readonly string[],
): MetricDefinition {
  const conversion = conversions[node.unit ?? ''];
  return {
    name: conversion === undefined ? metric.name : baseName(metric.name, conversion),
    type: metric.type,
    help: node.description,
    surface,
    path,
    labels: metric.labels ?? {},
    divisor: conversion?.divisor ?? 1,
    factor: conversion?.factor ?? 1,
    states: (node.enum ?? []).filter((each): each is string => typeof each === 'string'),
  };
}

/** A name that does not say its unit is left alone. */
function baseName(name: string, { suffix, base }: Conversion): string {
  return name.endsWith(suffix) ? `${name.slice(0, -suffix.length)}${base}` : name;
}
