import type { Json } from '@hedge-telemetry/compat';

import { evolutionFinding } from '../finding.js';
import type { EvolutionFinding } from '../finding.js';
import type { EvolutionRuleId } from '../rules.js';
import { canonicalJson } from '../tree/annotations.js';
import type { Field } from './fields.js';
import type { Subject, WorkingSubject } from './subject.js';
import { documentWith, documentWithout } from './witness.js';

interface Watched {
  readonly keyword: string;
  readonly rule: EvolutionRuleId;
  readonly what: string;
  /** A value that was not there before changes no meaning. */
  readonly mayAppear: boolean;
  /** A value may be taken away. */
  readonly mayGo: boolean;
}

const WATCHED: readonly Watched[] = [
  { keyword: 'x-unit', rule: 'unit-changed', what: 'unit', mayAppear: true, mayGo: false },
  { keyword: 'x-null', rule: 'null-meaning-changed', what: 'meaning of null', mayAppear: true, mayGo: true },
  { keyword: 'x-absent', rule: 'absence-meaning-changed', what: 'meaning of absence', mayAppear: true, mayGo: true },
  { keyword: 'x-metric', rule: 'metric-changed', what: 'metric', mayAppear: true, mayGo: false },
  { keyword: 'x-derived', rule: 'derivation-changed', what: 'derivation', mayAppear: false, mayGo: false },
  { keyword: 'default', rule: 'default-changed', what: 'default', mayAppear: true, mayGo: false },
];

/** Fields whose numbers or gaps mean something else although every validator accepts them. */
export function meaningFindings(base: Subject, working: WorkingSubject): EvolutionFinding[] {
  return [...base.fields.values()].flatMap((field) => {
    const now = working.fields.get(field.path);
    return now === undefined ? [] : WATCHED.flatMap((each) => changed(each, field, now, base, working));
  });
}

function changed(
  watched: Watched,
  field: Field,
  now: Field,
  base: Subject,
  working: WorkingSubject,
): EvolutionFinding[] {
  const { keyword, rule, what, mayAppear, mayGo } = watched;
  const [before, after] = [field.facts[keyword], now.facts[keyword]];
  if ((before === undefined) === (after === undefined) && canonicalJson(before) === canonicalJson(after)) return [];
  if ((before === undefined && mayAppear) || (after === undefined && mayGo)) return [];
  const place = working.origin(`${now.pointer}/${keyword}`);
  const witness = witnessOf(rule, field, base);
  return [
    evolutionFinding(rule, {
      surface: working.surface,
      file: `schemas/${place.file}`,
      pointer: place.pointer,
      message: `the ${what} of ${field.path === '' ? 'the document' : field.path} was ${said(before)} in ${base.label} and is now ${said(after)}`,
      expected: said(before),
      actual: said(after),
      about: [field.path, before ?? null, after ?? null],
      ...(witness === undefined ? {} : { witness }),
    }),
  ];
}

/** A document that now means something else; none where only what is said about the field changed. */
function witnessOf(rule: EvolutionRuleId, field: Field, base: Subject): Json | undefined {
  if (rule === 'unit-changed' || rule === 'derivation-changed') return documentWith(base, field.path);
  return rule === 'default-changed' ? documentWithout(base, field) : undefined;
}

function said(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? value : canonicalJson(value);
}
