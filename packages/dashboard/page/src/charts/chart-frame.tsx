import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { ChartTable } from './chart-table.js';

/** What a chart shows, in words and numbers. */
export interface ChartText {
  readonly title: string;
  /** The chart in a sentence or two. */
  readonly summary: string;
  /** Heads of the table view; the first names the row. */
  readonly heads: readonly string[];
  readonly count: number;
  /** Cells of a row of the table view, the newest row last. */
  readonly row: (index: number) => readonly string[];
}

interface ChartFrameProps {
  readonly text: ChartText;
  /** Draws the chart with the point that is being read; null where none is. */
  readonly children: (reading: number | null, read: (index: number | null) => void) => ComponentChildren;
}

/** A chart with its summary, its table, and its points read by the arrow keys. */
export function ChartFrame({ text, children }: ChartFrameProps) {
  const [isTable, setTable] = useState(false);
  const [index, setIndex] = useState<number | null>(null);
  const [isSpoken, setSpoken] = useState(false);
  const id = useId();
  const { title, summary, heads, count, row } = text;
  const reading = index === null || count === 0 ? null : Math.min(index, count - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = nextIndex(event, reading, count);
    if (next === undefined) return;
    event.preventDefault();
    setSpoken(true);
    setIndex(next);
  };
  return (
    <figure class="chart">
      <figcaption class="chart-head">
        <span class="chart-title">{title}</span>
        <output class="chart-reading" aria-live={isSpoken ? 'polite' : 'off'}>
          {reading === null ? '' : readingText(heads, row(reading))}
        </output>
        <button type="button" class="quiet" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          Table
        </button>
      </figcaption>
      {isTable ? (
        <ChartTable text={text} />
      ) : (
        <div
          class="chart-host"
          role="group"
          tabIndex={0}
          aria-label={`${title}: chart; left and right arrow read its points`}
          aria-describedby={id}
          onKeyDown={onKeyDown}
          onBlur={() => setSpoken(false)}
        >
          {children(reading, (next) => {
            setSpoken(false);
            setIndex(next);
          })}
        </div>
      )}
      <p class="chart-summary" id={id}>
        {summary}
      </p>
    </figure>
  );
}

function readingText(heads: readonly string[], cells: readonly string[]): string {
  return cells.map((cell, place) => (place === 0 ? cell : `${heads[place] ?? ''} ${cell}`)).join(' · ');
}

function nextIndex(event: KeyboardEvent, current: number | null, count: number): number | null | undefined {
  if (count === 0) return undefined;
  const step = event.shiftKey ? Math.max(1, Math.round(count / 20)) : 1;
  switch (event.key) {
    case 'ArrowLeft':
      return Math.max(0, (current ?? count) - step);
    case 'ArrowRight':
      return Math.min(count - 1, (current ?? -1) + step);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    case 'Escape':
      return current === null ? undefined : null;
    default:
      return undefined;
  }
}
