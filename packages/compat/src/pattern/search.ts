import { lastCodePoint } from './expression.js';
import { step, type Automaton } from './automaton.js';

/** A language and whether the word sought must be in it or outside it. */
export interface Condition {
  readonly automaton: Automaton;
  readonly positive: boolean;
}

export type WordSearch = { readonly word: string } | 'none' | 'exhausted';

interface Place {
  readonly states: readonly number[];
  readonly from: Place | undefined;
  readonly character: number;
}

const pleasing: readonly (readonly [number, number])[] = [
  [0x61, 0x7a],
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x2d, 0x2d],
  [0x20, 0x7e],
  [0xa1, 0xd7ff],
  [0xe000, lastCodePoint],
];

/**
 * A shortest word with between `min` and `max` code points that meets every condition. Breadth first by length: below
 * `min` a state may be passed again, from `min` on never. `spend` is called once per state and says when to give up.
 */
export function findWord(
  conditions: readonly Condition[],
  min: number,
  max: number,
  spend: (amount: number) => boolean,
): WordSearch {
  const initial: Place = { states: conditions.map(() => 0), from: undefined, character: 0 };
  let layer = alive(conditions, initial.states) ? [initial] : [];
  const passed = new Set<string>();
  for (let length = 0; layer.length > 0 && length <= max; length += 1) {
    if (length >= min) {
      const found = layer.find((place) => accepted(conditions, place.states));
      if (found !== undefined) return { word: spell(found) };
    }
    const next = new Map<string, Place>();
    for (const place of layer) {
      if (!spend(1 + conditions.length)) return 'exhausted';
      for (const { states, character } of moves(conditions, place.states)) {
        const key = states.join();
        if (next.has(key) || (length + 1 >= min && passed.has(key))) continue;
        if (length + 1 >= min) passed.add(key);
        next.set(key, { states, from: place, character });
      }
    }
    layer = [...next.values()];
  }
  return 'none';
}

function moves(conditions: readonly Condition[], states: readonly number[]) {
  const cuts = new Set([0]);
  conditions.forEach(({ automaton }, index) => {
    for (const arc of automaton.arcs[states[index] ?? 0] ?? []) cuts.add(arc.from);
  });
  const sorted = [...cuts].toSorted((a, b) => a - b);
  const best = new Map<string, { states: number[]; character: number; rank: number }>();
  sorted.forEach((from, index) => {
    const target = conditions.map(({ automaton }, part) => step(automaton, states[part] ?? 0, from));
    if (!alive(conditions, target)) return;
    const { character, rank } = pick(from, (sorted[index + 1] ?? lastCodePoint + 1) - 1);
    const key = target.join();
    const known = best.get(key);
    if (known === undefined || rank < known.rank) best.set(key, { states: target, character, rank });
  });
  return [...best.values()].toSorted((a, b) => a.rank - b.rank);
}

/** The most readable character of a range. */
function pick(from: number, to: number): { character: number; rank: number } {
  for (const [rank, [low, high]] of pleasing.entries()) {
    const character = Math.max(from, low);
    if (character <= Math.min(to, high)) return { character, rank };
  }
  return { character: from, rank: pleasing.length };
}

function alive(conditions: readonly Condition[], states: readonly number[]): boolean {
  return conditions.every(({ automaton, positive }, index) =>
    positive ? automaton.canAccept[states[index] ?? 0] : automaton.canReject[states[index] ?? 0],
  );
}

function accepted(conditions: readonly Condition[], states: readonly number[]): boolean {
  return conditions.every(({ automaton, positive }, index) => automaton.accepts[states[index] ?? 0] === positive);
}

function spell(place: Place): string {
  const characters: number[] = [];
  for (let here = place; here.from !== undefined; here = here.from) characters.push(here.character);
  return characters.toReversed().reduce((text, character) => text + String.fromCodePoint(character), '');
}
