import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { ChartColours } from './colours.js';
import { chartColours } from './colours.js';
import { plotOptions } from './plot-options.js';
import { preferences } from '../model/prefs.js';
import { useSelected } from '../ui/use-store.js';

/** A line of a plot. */
export interface PlotLine {
  readonly label: string;
  readonly colour: keyof ChartColours;
  readonly dash?: boolean;
  /** Draws points instead of a line. */
  readonly points?: boolean;
}

export interface LinePlotProps {
  readonly times: readonly number[];
  readonly values: readonly (readonly (number | null)[])[];
  readonly lines: readonly PlotLine[];
  /** Start and end of the time axis, in seconds since 1970. */
  readonly span: readonly [number, number];
  readonly height: number;
  /** Shades what lies between the first and the second line. */
  readonly isShaded?: boolean;
  readonly format: (value: number) => string;
  readonly reading: number | null;
  readonly onRead: (index: number | null) => void;
}

/** Lines over time on a canvas. */
export function LinePlot(props: LinePlotProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const look = useSelected(preferences, lookOf);
  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const { lines, height, isShaded = false } = latest.current;
    const made = new uPlot(
      plotOptions({
        lines,
        isShaded,
        colours: chartColours(),
        zone: preferences.get().zone,
        width: element.clientWidth,
        height,
        format: (value) => latest.current.format(value),
        onRead: (index) => latest.current.onRead(index),
      }),
      dataOf(latest.current),
      element,
    );
    plot.current = made;
    made.setScale('x', { min: latest.current.span[0], max: latest.current.span[1] });
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0) made.setSize({ width: element.clientWidth, height: latest.current.height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [look]);
  const { times, values, span, reading } = props;
  useEffect(() => {
    plot.current?.batch(() => {
      plot.current?.setData(dataOf(latest.current), false);
      plot.current?.setScale('x', { min: span[0], max: span[1] });
    });
  }, [times, values, span[0], span[1]]);
  useEffect(() => {
    const made = plot.current;
    const time = reading === null ? undefined : latest.current.times[reading];
    if (made === null || time === undefined || made.cursor.idx === reading) return;
    made.setCursor({ left: made.valToPos(time, 'x'), top: made.over.clientHeight / 2 }, false);
  }, [reading]);
  return <div class="plot" ref={host} />;
}

function lookOf({ theme, palette, zone }: { theme: string; palette: string; zone: string }): string {
  return `${theme} ${palette} ${zone}`;
}

function dataOf({ times, values }: LinePlotProps): uPlot.AlignedData {
  return [times as number[], ...(values as (number | null)[][])];
}
