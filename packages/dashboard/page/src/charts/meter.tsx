import type { Reading } from '@hedge-telemetry/contract';
import { combine, isKnown } from '../model/reading.js';
import type { Tone } from '../model/states.js';
import { Value } from '../ui/value.js';

interface MeterProps {
  readonly used: Reading<unknown>;
  readonly cap: Reading<unknown>;
  readonly of: string;
}

const WARN = 0.6;
const BAD = 0.9;

/** How much of a cap is used; drawn only where both are known. */
export function Meter({ used, cap, of }: MeterProps) {
  const share = combine([used, cap], ([value = 0, limit = 0]) => (limit > 0 ? value / limit : null));
  const known = isKnown(share) ? share.value : null;
  return (
    <div class="meter">
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect class="meter-rest" x="0" y="0" width="100" height="6" />
        {known === null ? null : (
          <rect
            class={`fill-${toneOf(known)}`}
            x="0"
            y="0"
            width={Math.min(100, Math.max(0, known * 100))}
            height="6"
          />
        )}
      </svg>
      <span class="meter-text">
        {known === null ? (
          'cap '
        ) : (
          <>
            <Value
              reading={share}
              unit="fraction"
              of={`${of}:share`}
              tone={(value) => (typeof value === 'number' ? textTone(value) : null)}
            />{' '}
            of the cap of{' '}
          </>
        )}
        <Value reading={cap} unit="fraction" of={`${of}:cap`} meaning="No cap is reported." />
      </span>
    </div>
  );
}

function toneOf(share: number): Tone {
  return share >= BAD ? 'bad' : share >= WARN ? 'warn' : 'good';
}

function textTone(share: number): Tone | null {
  return share >= WARN ? toneOf(share) : null;
}
