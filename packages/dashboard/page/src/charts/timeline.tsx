import type { Tone } from '../model/states.js';
import { ChartFrame } from './chart-frame.js';
import type { ChartText } from './chart-frame.js';

/** A stretch of time in one state. */
export interface Stretch {
  /** Seconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly tone: Tone;
}

interface TimelineProps {
  readonly text: ChartText;
  readonly stretches: readonly Stretch[];
  readonly span: readonly [number, number];
}

const WIDTH = 1_000;
const HEIGHT = 26;
const LABEL_WIDTH = 70;

/** States over time as coloured, labelled stretches; where nothing was seen, nothing is drawn. */
export function Timeline({ text, stretches, span }: TimelineProps) {
  const [start, end] = span;
  const scale = WIDTH / Math.max(1, end - start);
  const place = (time: number): number => Math.min(WIDTH, Math.max(0, (time - start) * scale));
  return (
    <ChartFrame text={text}>
      {(reading) => (
        <div class="timeline">
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
            <rect class="timeline-void" x="0" y="0" width={WIDTH} height={HEIGHT} />
            {stretches.map(({ from, to, tone }, index) => (
              <rect
                key={index}
                class={`stretch fill-${tone} ${reading === index ? 'is-read' : ''}`}
                x={place(from)}
                y="0"
                width={Math.max(1.5, place(to) - place(from))}
                height={HEIGHT}
              />
            ))}
          </svg>
          <svg class="timeline-labels" aria-hidden="true">
            {stretches.map(({ from, to, label, tone }, index) =>
              place(to) - place(from) < LABEL_WIDTH ? null : (
                <text
                  key={index}
                  class={`on-${tone}`}
                  x={`${(place(from) + place(to)) / 20}%`}
                  y="17"
                  text-anchor="middle"
                >
                  {label}
                </text>
              ),
            )}
          </svg>
        </div>
      )}
    </ChartFrame>
  );
}
