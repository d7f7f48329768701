import type { Json } from '@hedge-telemetry/compat';

import { evolutionFinding } from '../finding.js';
import type { EvolutionFinding } from '../finding.js';
import type { EvolutionRuleId } from '../rules.js';
import { canonicalJson } from '../tree/annotations.js';
import { escapeSegment } from '../tree/segment.js';
import { factOf, surfaceFact } from './subject.js';
import type { Subject, WorkingSubject } from './subject.js';
import { documentWith, documentWithout } from './witness.js';

const RANK: readonly unknown[] = ['public', 'internal', 'confidential'];

/** What a surface says of itself as a whole: its file, its age, its invariants, how it is recognised. */
export function surfaceFindings(base: Subject, working: WorkingSubject): EvolutionFinding[] {
  return [
    ...fixed('file-moved', 'file', base, working),
    ...fixed('kind-changed', 'kind', base, working),
    ...ageSource(base, working),
    ...staleAfter(base, working),
    ...sensitivity(base, working),
    ...invariants(base, working),
    ...shape(base, working),
    ...dialects(base, working),
  ];
}

type Report = (
  rule: EvolutionRuleId,
  fact: string,
  message: string,
  before: unknown,
  after: unknown,
  witness?: Json,
) => EvolutionFinding;

function reporter(working: WorkingSubject): Report {
  return (rule, fact, message, before, after, witness) => {
    const place = working.origin(fact);
    return evolutionFinding(rule, {
      surface: working.surface,
      file: `schemas/${place.file}`,
      pointer: place.pointer,
      message,
      expected: said(before),
      actual: said(after),
      about: [before ?? null, after ?? null],
      ...(witness === undefined ? {} : { witness }),
    });
  };
}

function fixed(rule: EvolutionRuleId, fact: string, base: Subject, working: WorkingSubject): EvolutionFinding[] {
  const [before, after] = [surfaceFact(base, fact), surfaceFact(working, fact)];
  if (canonicalJson(before) === canonicalJson(after)) return [];
  const message = `x-surface.${fact} was ${said(before)} in ${base.label} and is now ${said(after)}`;
  return [reporter(working)(rule, `/x-surface/${fact}`, message, before, after)];
}

function ageSource(base: Subject, working: WorkingSubject): EvolutionFinding[] {
  return fixed('age-source-moved', 'age', base, working).map((finding) => {
    const pointer = (surfaceFact(base, 'age') as { pointer?: unknown } | undefined)?.pointer;
    const witness = typeof pointer === 'string' ? documentWith(base, pointer) : undefined;
    return witness === undefined ? finding : { ...finding, witness };
  });
}

function staleAfter(base: Subject, working: WorkingSubject): EvolutionFinding[] {
  const [before, after] = [surfaceFact(base, 'stale_after_s'), surfaceFact(working, 'stale_after_s')];
  if (before === after) return [];
  const note = surfaceFact(working, 'stale_after_note');
  const noted = note !== undefined && note !== surfaceFact(base, 'stale_after_note');
  const message = `stale_after_s was ${said(before)} in ${base.label} and is now ${said(after)}${noted ? `: ${said(note)}` : ''}`;
  const rule = noted ? 'stale-after-noted' : 'stale-after-changed';
  return [reporter(working)(rule, '/x-surface/stale_after_s', message, before, after)];
}

function sensitivity(base: Subject, working: WorkingSubject): EvolutionFinding[] {
  const [before, after] = [surfaceFact(base, 'sensitivity'), surfaceFact(working, 'sensitivity')];
  if (RANK.indexOf(after) >= RANK.indexOf(before)) return [];
  const message = `the surface was ${said(before)} in ${base.label} and is now ${said(after)}`;
  return [reporter(working)('sensitivity-lowered', '/x-surface/sensitivity', message, before, after)];
}

function invariants(base: Subject, working: WorkingSubject): EvolutionFinding[] {
  const now = new Map(invariantsOf(working).map((each) => [each.id, each.formula]));
  return invariantsOf(base)
    .filter(({ id, formula }) => now.get(id) !== formula)
    .map(({ id, formula }) => {
      const message = `the invariant ${id} (${formula}) of ${base.label} is now ${now.get(id) ?? 'gone'}`;
      return reporter(working)('invariant-changed', '/x-surface/invariants', message, `${id}: ${formula}`, now.get(id));
    });
}

function invariantsOf(of: Subject): { id: string; formula: string }[] {
  const list = surfaceFact(of, 'invariants');
  if (!Array.isArray(list)) return [];
  return (list as unknown[]).flatMap((each) => {
    const { id, formula } = (each ?? {}) as Record<string, unknown>;
    return typeof id === 'string' && typeof formula === 'string' ? [{ id, formula }] : [];
  });
}

function shape(base: Subject, working: WorkingSubject): EvolutionFinding[] {
  const required = new Set([...requiredKeys(base), ...strings(factOf(base, 'x-shape', 'has'))]);
  const forbidden = new Set(strings(factOf(base, 'x-shape', 'lacks')));
  const demanded = strings(factOf(working, 'x-shape', 'has')).filter((key) => !required.has(key));
  const excluded = strings(factOf(working, 'x-shape', 'lacks')).filter(
    (key) => !forbidden.has(key) && base.fields.has(`/${escapeSegment(key)}`),
  );
  if (demanded.length === 0 && excluded.length === 0) return [];
  const message = `documents of ${base.label} are no longer recognised: ${[
    ...demanded.map((key) => `${key} need not be there`),
    ...excluded.map((key) => `${key} may be there`),
  ].join(', ')}`;
  const [lost] = demanded;
  const witness =
    lost === undefined
      ? documentWith(base, `/${escapeSegment(excluded[0] ?? '')}`)
      : documentWithout(base, { parent: '', key: lost });
  const [before, after] = [base.schema['x-shape'], working.schema['x-shape']];
  return [reporter(working)('shape-narrowed', '/x-shape', message, before, after, witness)];
}

function dialects(base: Subject, working: WorkingSubject): EvolutionFinding[] {
  return base.dialects
    .filter((name) => !working.dialects.includes(name))
    .map((name) => {
      const message = `the dialect ${name}, which readers of ${base.label} understood, is gone`;
      return reporter(working)('dialect-removed', '', message, name, undefined);
    });
}

/** Keys that every document has at its root: those required there, or in every branch. */
function requiredKeys({ schema, fields }: Subject): string[] {
  const branches = [...fields.values()].filter(({ path, parent }) => parent === '' && path.startsWith('/<'));
  const common = branches
    .map(({ facts }) => strings(facts['required']))
    .reduce<string[] | null>((held, keys) => held?.filter((key) => keys.includes(key)) ?? keys, null);
  return [...strings(schema['required']), ...(common ?? [])];
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function said(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? value : canonicalJson(value);
}
