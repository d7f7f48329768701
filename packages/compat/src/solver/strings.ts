import { hasFormat, trials } from '../formats.js';
import { evaluate, type Verdict } from '../evaluate.js';
import type { Literal } from '../nodes.js';
import { automatonOf } from '../pattern/automaton.js';
import { findWord, type Condition } from '../pattern/search.js';
import { automatonOfWords } from '../pattern/trie.js';
import { empty, unknown, witness, type Outcome } from './outcome.js';

interface Language {
  min: number;
  max: number;
  readonly conditions: Condition[];
  readonly excluded: Set<string>;
  /** Formats, and patterns without an automaton: known by name only. */
  readonly named: Literal[];
  reason: Outcome;
}

const longest = 20_000;
const attempts = 6;

/** A shortest string that satisfies the literals. */
export function solveString(literals: readonly Literal[], spend: (amount: number) => boolean): Outcome {
  const finite = literals.find(({ node, positive }) => positive && node.kind === 'enum');
  if (finite !== undefined) return solveFinite(finite, literals);
  const language = languageOf(literals);
  if (language.min > language.max) return empty;
  if (language.min > longest) return unknown('budget', 'only strings longer than the limit remain');
  if (language.conditions.length === 0 && language.excluded.size === 0 && language.named.length === 0) {
    return witness('a'.repeat(language.min));
  }
  const excluded = new Set(language.excluded);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const found = search(language, excluded, spend);
    if (found === 'exhausted') return unknown('budget', 'automaton states');
    if (found === 'none') return attempt === 0 ? empty : fromTrials(language, literals);
    if (language.named.every((literal) => judge(literal, found.word) === true)) return witness(found.word);
    excluded.add(found.word);
  }
  return fromTrials(language, literals);
}

function solveFinite({ node }: Literal, literals: readonly Literal[]): Outcome {
  let verdict: Outcome = empty;
  for (const value of node.kind === 'enum' ? node.values.values() : []) {
    if (typeof value !== 'string') continue;
    const open = literals.filter((literal) => judge(literal, value) !== true);
    if (open.length === 0) return witness(value);
    if (open.some((literal) => refuted(literal, value))) continue;
    if (open.every(({ node }) => node.kind === 'format'))
      verdict = unknown('format', 'whether a constant has a format');
    else verdict = unknown('pattern', 'a pattern that is not regular');
  }
  return verdict;
}

/** Format is an assertion to some validators only: that a value lacks one that it should have proves nothing. */
function refuted(literal: Literal, value: string): boolean {
  return judge(literal, value) === false && !(literal.node.kind === 'format' && literal.positive);
}

function languageOf(literals: readonly Literal[]): Language {
  const none = unknown('format', 'no string found that has the format');
  const language: Language = {
    min: 0,
    max: Infinity,
    conditions: [],
    excluded: new Set(),
    named: [],
    reason: none,
  };
  for (const literal of literals) {
    const { node, positive } = literal;
    if (node.kind === 'length') {
      language.min = Math.max(language.min, node.min);
      language.max = Math.min(language.max, node.max);
    } else if (node.kind === 'enum') {
      for (const value of node.values.values()) if (typeof value === 'string') language.excluded.add(value);
    } else if (node.kind === 'format') language.named.push(literal);
    else if (node.kind === 'pattern') {
      const automaton = automatonOf(node.source);
      if (typeof automaton !== 'string') language.conditions.push({ automaton, positive });
      else {
        language.named.push(literal);
        language.reason = unknown('pattern', `${automaton}: ${node.source}`);
      }
    }
  }
  return language;
}

function search(language: Language, excluded: ReadonlySet<string>, spend: (amount: number) => boolean) {
  const { conditions, min, max } = language;
  if (excluded.size === 0) return findWord(conditions, min, max, spend);
  const avoided = { automaton: automatonOfWords(excluded), positive: false };
  return findWord([...conditions, avoided], min, max, spend);
}

function fromTrials(language: Language, literals: readonly Literal[]): Outcome {
  const found = trials.find((text) => literals.every((literal) => judge(literal, text) === true));
  return found === undefined ? language.reason : witness(found);
}

function judge({ node, positive }: Literal, text: string): Verdict {
  const verdict = node.kind === 'format' ? hasFormat(node.name, text) : evaluate(node, text);
  return verdict === undefined ? undefined : verdict === positive;
}
