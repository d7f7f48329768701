import { exportedMetric, registry, stateNames } from '@hedge-telemetry/contract';
import type { ExportedMetric, FieldNode, StateName } from '@hedge-telemetry/contract';

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

/** Every time series of the contract, in the order of its surfaces and fields. */
export const metricDefinitions: readonly MetricDefinition[] = stateNames.flatMap((surface) =>
  definitionsIn(surface, registry[surface].root, []),
);

function definitionsIn(surface: StateName, node: FieldNode, path: readonly string[]): MetricDefinition[] {
  const exported = exportedMetric(node);
  const own =
    node.metric === undefined || exported === null ? [] : [definition(surface, node, node.metric, exported, path)];
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
  exported: ExportedMetric,
  path: readonly string[],
): MetricDefinition {
  return {
    ...exported,
    type: metric.type,
    help: node.description,
    surface,
    path,
    labels: metric.labels ?? {},
    states: (node.enum ?? []).filter((each): each is string => typeof each === 'string'),
  };
}
