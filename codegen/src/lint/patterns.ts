import type { Rule } from './problem.js';

/** Patterns are anchored and regular, so that their inclusion stays decidable. */
export const patternRule: Rule = ({ schema }) => {
  const pattern = schema['pattern'];
  return typeof pattern === 'string' ? patternProblems(pattern) : [];
};

function patternProblems(pattern: string): string[] {
  if (!compiles(pattern)) return [`pattern ${pattern} is not valid with the u flag`];
  return [...new Set(faults(pattern))].map((fault) => `pattern ${pattern} ${fault}`);
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

/** Reads a valid pattern token by token. */
function* faults(pattern: string): Generator<string> {
  let depth = 0;
  let inClass = false;
  let isAnchored = pattern.startsWith('^');
  let isEnded = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const token = pattern[at];
    if (token === '\\') {
      at += 1;
      if (!inClass) yield* escapeFaults(pattern[at] ?? '');
    } else if (inClass) inClass = token !== ']';
    else if (token === '[') inClass = true;
    else if (token === '(') {
      depth += 1;
      if (/^\(\?<?[=!]/.test(pattern.slice(at, at + 4))) yield 'uses a look-around';
    } else if (token === ')') depth -= 1;
    else if (token === '|' && depth === 0) isAnchored = false;
    else if (token === '.') yield 'uses a dot: list what it stands for, or write [\\s\\S]';
    else if (token === '$' && at === pattern.length - 1) isEnded = true;
    else if ((token === '^' && at > 0) || token === '$') yield 'has an anchor inside';
  }
  if (!isAnchored || !isEnded) yield 'is not anchored as a whole with ^ and $';
}

function* escapeFaults(escaped: string): Generator<string> {
  if (/[bB]/.test(escaped)) yield 'uses a word boundary';
  if (/[1-9k]/.test(escaped)) yield 'uses a back-reference';
}
