import type {
  Answer,
  Explanation,
  FieldExplanation,
  LegacyExplanation,
  RuleExplanation,
  SurfaceExplanation,
} from '../explain/explanation.js';
import { plainJson } from './plain-json.js';
import { safe } from './safe.js';
import type { Ink, Style } from './style.js';

/** A label and what stands behind it; left out where that is null. */
type Row = readonly [string, string | null];

const LABEL_WIDTH = 12;
const inks: Readonly<Record<'error' | 'warning' | 'info', Ink>> = { error: 'red', warning: 'yellow', info: 'cyan' };

/** Everything that was found of a name, one block each; what differs in nothing but its place stands once. */
export function renderAnswer({ query, found, nearest }: Answer, style: Style): string[] {
  if (found.length === 0) {
    const hint = nearest.length === 0 ? [] : [`  did you mean ${nearest.join(', ')}?`];
    return [`error: nothing is called ${safe(query)}`, ...hint];
  }
  return found.flatMap((each, index) => [...(index === 0 ? [] : ['']), ...block(each, style)]);
}

function block(each: Explanation, style: Style): string[] {
  switch (each.kind) {
    case 'rule':
      return ruleBlock(each, style);
    case 'surface':
      return surfaceBlock(each, style);
    case 'field':
      return fieldBlock(each, style);
    case 'legacy':
      return legacyBlock(each, style);
  }
}

function ruleBlock({ rule, catalogue, level, meaning, fix, page }: RuleExplanation, style: Style): string[] {
  const grade = level === null ? '' : `  ${style(inks[level], level)}`;
  return [
    `${style('bold', rule)}${grade}  rule of ${catalogue === 'contract' ? 'the contract' : catalogue}`,
    ...rows(
      [
        ['meaning', meaning],
        ['fix', fix],
        ['page', page],
      ],
      style,
    ),
  ];
}

function surfaceBlock(each: SurfaceExplanation, style: Style): string[] {
  return [
    `${style('bold', each.surface)}  ${each.surface_kind === 'state' ? 'state surface' : 'ledger'} ${each.version}`,
    ...rows(
      [
        ['meaning', each.meaning],
        ['file', each.file],
        ['status', `${each.status}, ${each.sensitivity}, owned by ${each.owner}`],
        ['writer', each.writer],
        ['consumers', each.consumers.join('; ')],
        ['cadence', each.cadence],
        ['age', each.age],
        ['stale after', staleText(each.stale_after_s)],
        ['fields', each.fields.join(', ')],
        ['page', each.page],
      ],
      style,
    ),
  ];
}

function fieldBlock(each: FieldExplanation, style: Style): string[] {
  const deprecated = each.deprecated ? `  ${style('yellow', 'deprecated')}` : '';
  const { metric } = each;
  return [
    `${style('bold', `${each.surface} ${each.pointer}`)}  field since ${each.since ?? 'the beginning'}${deprecated}`,
    ...rows(
      [
        ['meaning', each.meaning],
        ['type', each.type],
        ['unit', each.unit],
        ['values', each.values === null ? null : each.values.map(String).join(', ')],
        ['range', each.range === null ? null : plainJson(each.range)],
        ['null', each.null ?? 'never'],
        ['absent', each.required ? 'never: the key is required' : (each.absent ?? 'not known')],
        ['records', each.records.length === 0 ? null : each.records.join(', ')],
        ['replaced by', each.replaced_by],
        ['remove after', each.remove_after],
        ['derived from', each.derived_from?.join(', ') ?? null],
        ['metric', metric === null || metric === undefined ? null : `${metric.name} (${metric.type})`],
        ['sensitivity', each.sensitivity],
        ['file', each.file],
        ['writer', each.writer],
        ['consumers', each.consumers.join('; ')],
        ['stale after', staleText(each.stale_after_s)],
        ['page', each.page],
      ],
      style,
    ),
  ];
}

function legacyBlock({ key, dialect, schema, unit, meaning }: LegacyExplanation, style: Style): string[] {
  const of = dialect === null ? 'several legacy dialects' : `the legacy dialect ${dialect}`;
  return [
    `${style('bold', key)}  key of ${of}; readers migrate it`,
    ...rows(
      [
        ['meaning', meaning],
        ['unit', unit],
        ['schema', schema],
      ],
      style,
    ),
  ];
}

function rows(all: readonly Row[], style: Style): string[] {
  return all.flatMap(([label, text]) =>
    text === null ? [] : [`  ${style('dim', label.padEnd(LABEL_WIDTH))}  ${safe(text)}`],
  );
}

function staleText(seconds: number | null): string {
  return seconds === null ? 'never: silence is normal' : `${seconds} s`;
}
