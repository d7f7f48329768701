import { CharSet, JS, type NoParent, type Concatenation, type Element, type Expression } from 'refa';

/** Code points end at 0x10ffff; the two behind them stand for "before the first" and "behind the last". */
export const lastCodePoint = 0x10ffff;
export const startMark: number = lastCodePoint + 1;
export const endMark: number = lastCodePoint + 2;

export class NotRegular extends Error {}

interface Anchors {
  readonly start: boolean;
  readonly end: boolean;
}

type Free<T> = NoParent<T>;

const everything = CharSet.all(endMark);

/**
 * Reads an ECMA-262 pattern (flag `u`) as alternatives over code points and the two marks: `^` and `$` become marks
 * that are read like characters, and what a search may skip on either side is written out. Throws NotRegular for
 * look-around, word boundaries and back-references, and a SyntaxError for what is no pattern.
 */
export function readExpression(source: string): Free<Concatenation>[] {
  const parser = JS.Parser.fromLiteral({ source, flags: 'u' });
  const { expression } = parser.parse({ assertions: 'parse', backreferences: 'throw' });
  const { alternatives } = marked(expression);
  return alternatives.map((alternative) => ({
    type: 'Concatenation',
    elements: [anything(), ...alternative.elements, anything()],
  }));
}

function marked(expression: Free<Expression> | Free<{ alternatives: readonly Free<Concatenation>[] }>): {
  alternatives: Free<Concatenation>[];
  anchors: Anchors;
} {
  const parts = expression.alternatives.map((alternative) => concatenation(alternative));
  return {
    alternatives: parts.map(({ node }) => node),
    anchors: { start: parts.some((part) => part.anchors.start), end: parts.some((part) => part.anchors.end) },
  };
}

function concatenation(node: Free<Concatenation>): { node: Free<Concatenation>; anchors: Anchors } {
  let anchors: Anchors = { start: false, end: false };
  const elements = node.elements.map((item) => {
    const part = element(item);
    if (anchors.end && part.anchors.start) throw new NotRegular('an anchor ^ stands behind an anchor $');
    anchors = { start: anchors.start || part.anchors.start, end: anchors.end || part.anchors.end };
    return part.node;
  });
  return { node: { type: 'Concatenation', elements }, anchors };
}

function element(node: Free<Element>): { node: Free<Element>; anchors: Anchors } {
  const none: Anchors = { start: false, end: false };
  switch (node.type) {
    case 'CharacterClass':
      return {
        node: { type: 'CharacterClass', characters: CharSet.empty(endMark).union(node.characters.ranges) },
        anchors: none,
      };
    case 'Alternation': {
      const inner = marked(node);
      return { node: { type: 'Alternation', alternatives: inner.alternatives }, anchors: inner.anchors };
    }
    case 'Quantifier': {
      const inner = marked(node);
      if (node.max > 1 && (inner.anchors.start || inner.anchors.end)) throw new NotRegular('an anchor is repeated');
      return { node: { ...node, alternatives: inner.alternatives }, anchors: inner.anchors };
    }
    case 'Assertion':
      return anchor(node);
    default:
      throw new NotRegular('the pattern is not regular');
  }
}

function anchor(node: Extract<Free<Element>, { type: 'Assertion' }>): { node: Free<Element>; anchors: Anchors } {
  const [alternative] = node.alternatives;
  const [only] = alternative?.elements ?? [];
  const edge =
    node.negate && node.alternatives.length === 1 && alternative?.elements.length === 1 && only !== undefined
      ? only.type === 'CharacterClass' && only.characters.isAll
      : false;
  if (!edge) throw new NotRegular('the pattern looks around or back');
  const start = node.kind === 'behind';
  const mark = start ? startMark : endMark;
  const characters = CharSet.fromCharacter(endMark, mark);
  return { node: { type: 'CharacterClass', characters }, anchors: { start, end: !start } };
}

function anything(): Free<Element> {
  return {
    type: 'Quantifier',
    min: 0,
    max: Infinity,
    lazy: false,
    alternatives: [{ type: 'Concatenation', elements: [{ type: 'CharacterClass', characters: everything }] }],
  };
}
