import { finish, type Arc, type Automaton } from './automaton.js';

/** The automaton that accepts exactly the words given. */
export function automatonOfWords(words: Iterable<string>): Automaton {
  const sink = 1;
  const next: Map<number, number>[] = [new Map(), new Map()];
  const accepts = [false, false];
  for (const word of words) {
    let state = 0;
    for (const character of word) {
      const code = character.codePointAt(0) ?? 0;
      const known = next[state]?.get(code);
      if (known === undefined) {
        next[state]?.set(code, next.length);
        state = next.length;
        next.push(new Map());
        accepts.push(false);
      } else state = known;
    }
    accepts[state] = true;
  }
  return finish(
    next.map((arcs) => arcsOf(arcs, sink)),
    accepts,
  );
}

function arcsOf(next: ReadonlyMap<number, number>, sink: number): Arc[] {
  const arcs: Arc[] = [{ from: 0, to: sink }];
  for (const [code, to] of [...next].toSorted(([a], [b]) => a - b)) {
    if (arcs.at(-1)?.from === code) arcs.pop();
    arcs.push({ from: code, to }, { from: code + 1, to: sink });
  }
  return arcs;
}
