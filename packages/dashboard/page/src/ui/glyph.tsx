import type { ReadingState } from '@hedge-telemetry/contract';
import type { JSX } from 'preact';

/** The shape of each state, which tells it without its colour. */
const shapes: Readonly<Record<ReadingState, JSX.Element>> = {
  fresh: <circle cx="8" cy="8" r="5" fill="currentColor" />,
  stale: (
    <g fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round">
      <circle cx="8" cy="8" r="5.7" />
      <path d="M8 4.8V8l2.3 1.6" />
    </g>
  ),
  absent: <path d="M3.5 8h9" stroke="currentColor" stroke-width="2" stroke-linecap="round" />,
  never: <circle cx="8" cy="8" r="5.4" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.2 2" />,
  invalid: <path d="M4 4l8 8M12 4l-8 8" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" />,
  unreadable: (
    <g fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round">
      <path d="M4 2h5.5L12 4.5V8l-2 1.3L8 8 6 9.3 4 8z" />
      <path d="M4 11.2l2 1.3 2-1.3 2 1.3 2-1.3V14H4z" />
    </g>
  ),
  skewed: (
    <path
      d="M3 8h7M7 4.5L10.5 8 7 11.5M13 3v10"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  ),
};

/** The glyph of a state; the word beside it says the same. */
export function Glyph({ state }: { readonly state: ReadingState }) {
  return (
    <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {shapes[state]}
    </svg>
  );
}
