import { RegExpParser } from '@eslint-community/regexpp';

export interface SplitPattern {
  /** Each one as a pattern of its own that is anchored at the start. */
  readonly lookaheads: readonly { readonly body: string; readonly negate: boolean }[];
  readonly rest: string;
}

/**
 * `^(?=A)(?!B)R` says that `^A` matches, `^B` does not, and `^R` does: regular conditions each. Undefined where the
 * pattern has no lookahead directly behind its `^`, or where it refers back to a group.
 */
export function splitLookaheads(source: string): SplitPattern | undefined {
  if (!source.startsWith('^(?') || /\\[1-9k]/.test(source)) return undefined;
  const elements = soleAlternative(source);
  const lookaheads: { body: string; negate: boolean }[] = [];
  let end = 1;
  for (const element of elements.slice(1)) {
    if (element.type !== 'Assertion' || element.kind !== 'lookahead') break;
    lookaheads.push({ body: `^(?:${element.raw.slice(3, -1)})`, negate: element.negate });
    end = element.end;
  }
  return lookaheads.length === 0 ? undefined : { lookaheads, rest: `^${source.slice(end)}` };
}

function soleAlternative(source: string) {
  try {
    const { alternatives } = new RegExpParser().parsePattern(source, undefined, undefined, { unicode: true });
    return alternatives.length === 1 ? (alternatives[0]?.elements ?? []) : [];
  } catch {
    return [];
  }
}
