import type { Reading } from '@hedge-telemetry/contract';
import { serverNow } from '../model/clock.js';
import { ageText, clipped, shown } from '../model/format.js';
import type { Shown } from '../model/format.js';
import { isKnown } from '../model/reading.js';
import { stateWords } from '../model/states.js';
import type { Tone } from '../model/states.js';
import { Age } from './age.js';
import { Glyph } from './glyph.js';

interface ValueProps {
  readonly reading: Reading<unknown>;
  readonly unit?: string | undefined;
  /** Shows a plus sign, and the sign by colour. */
  readonly signed?: boolean;
  /** What a known value amounts to; by default nothing is made of it. */
  readonly tone?: ((value: unknown) => Tone | null) | undefined;
  /** How a known value is shown. */
  readonly show?: ((value: unknown) => Shown) | undefined;
  /** What null or absence means here. */
  readonly meaning?: string | undefined;
  /** The formula by which the page made it of reported values; null where it is reported itself. */
  readonly computed?: string | null;
  /** Surface and pointer that the value comes from. */
  readonly of: string;
  /** In a table only the glyph tells what is not fresh; elsewhere its word and age do as well. */
  readonly brief?: boolean;
}

/** A reading: its value where it is known, toned down where it is old, else the word for why it is not known. */
export function Value(props: ValueProps) {
  const { reading, of, meaning, brief = false } = props;
  if (isKnown(reading)) return <Known {...props} />;
  const { word, tone, meaning: general } = stateWords[reading.state];
  const raw = reading.state === 'invalid' && reading.raw !== undefined ? rawText(reading.raw) : null;
  const title = [meaning ?? general, raw === null ? '' : `Found: ${raw}`].filter((each) => each !== '').join(' ');
  return (
    <span class={`value unknown tone-${tone}`} data-of={of} data-state={reading.state} title={title}>
      <Glyph state={reading.state} />
      <span class="value-word">{word}</span>
      {raw === null || brief ? null : <q class="raw">{clipped(raw, 40)}</q>}
    </span>
  );
}

function Known({ reading, unit, signed = false, tone, show, of, brief = false, computed = null }: ValueProps) {
  const { state, value, age_s } = reading;
  const { text, unit: suffix } = show === undefined ? shown(value, unit, signed) : show(value);
  const toned = tone?.(value) ?? (signed && typeof value === 'number' ? signTone(value) : null);
  const isFresh = state === 'fresh';
  const stateTitle = isFresh ? '' : `${stateWords[state].word}, ${ageText(age_s)}. ${stateWords[state].meaning}`;
  const title = [stateTitle, computed === null ? '' : `Computed here: ${computed}`]
    .filter((each) => each !== '')
    .join(' ');
  return (
    <span
      class={`value ${toned === null ? '' : `tone-${toned}`} ${isFresh ? '' : 'is-old'} ${computed === null ? '' : 'is-computed'}`}
      data-of={of}
      data-state={state}
      title={title === '' ? undefined : title}
    >
      {isFresh ? null : <Glyph state={state} />}
      <span class="value-text">{text}</span>
      {suffix === '' || (brief && !isSign(suffix)) ? null : <span class="unit">{suffix}</span>}
      {isFresh ? null : brief ? (
        <span class="visually-hidden"> {stateWords[state].word}</span>
      ) : (
        <span class="value-note">
          {' '}
          {stateWords[state].word} <Age timestamp={age_s === null ? null : serverNow() - age_s} />
        </span>
      )}
    </span>
  );
}

/** In a table the head names the unit; signs that belong to the number stay with it. */
function isSign(suffix: string): boolean {
  return suffix === '%' || suffix === '×';
}

function signTone(value: number): Tone | null {
  return value > 0 ? 'good' : value < 0 ? 'bad' : null;
}

function rawText(raw: unknown): string {
  return typeof raw === 'string' ? raw : (JSON.stringify(raw) ?? String(raw));
}
