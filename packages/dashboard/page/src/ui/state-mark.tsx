import type { ReadingState } from '@hedge-telemetry/contract';
import { stateWords } from '../model/states.js';
import { Glyph } from './glyph.js';

/** A state by glyph, word and colour. */
export function StateMark({ state }: { readonly state: ReadingState }) {
  const { word, tone, meaning } = stateWords[state];
  return (
    <span class={`mark tone-${tone}`} data-state={state} title={meaning}>
      <Glyph state={state} />
      <span>{word}</span>
    </span>
  );
}
