import uPlot from 'uplot';
import { clockText, stampText } from '../model/time.js';
import type { Zone } from '../model/time.js';
import type { ChartColours } from './colours.js';
import type { PlotLine } from './line-plot.js';

interface PlotSetup {
  readonly lines: readonly PlotLine[];
  readonly isShaded: boolean;
  readonly colours: ChartColours;
  readonly zone: Zone;
  readonly width: number;
  readonly height: number;
  readonly format: (value: number) => string;
  readonly onRead: (index: number | null) => void;
}

const FONT = '11px ui-sans-serif, system-ui, sans-serif';
const DAY = 86_400;
// uPlot's enumeration exists in its types only.
// oxlint-disable-next-line typescript/no-unsafe-enum-assignment
const RIGHT: uPlot.Axis.Side = 1;

/** Options of a plot: time across, one scale up, no legend of its own. */
export function plotOptions(setup: PlotSetup): uPlot.Options {
  const { lines, isShaded, colours, zone, width, height } = setup;
  return {
    width: Math.max(width, 50),
    height,
    legend: { show: false },
    padding: [8, 6, 0, 0],
    cursor: { drag: { x: false, y: false }, points: { size: 6 }, y: false },
    scales: { x: { time: true, auto: false }, y: { range: valueRange } },
    ...(zone === 'utc' ? { tzDate: (seconds: number) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC') } : {}),
    series: [{}, ...lines.map((line) => seriesOf(line, colours))],
    ...(isShaded ? { bands: [{ series: [1, 2] as [number, number], fill: colours.shade }] } : {}),
    axes: [timeAxis(colours, zone), valueAxis(setup)],
    hooks: { setCursor: [(plot: uPlot) => setup.onRead(plot.cursor.idx ?? null)] },
  };
}

function seriesOf({ label, colour, dash = false, points = false }: PlotLine, colours: ChartColours): uPlot.Series {
  const stroke = colours[colour];
  return {
    label,
    stroke,
    width: dash ? 1 : 1.5,
    ...(dash ? { dash: [3, 3] } : {}),
    points: points ? { show: true, size: 5, fill: stroke } : { show: false },
    spanGaps: false,
  };
}

function timeAxis(colours: ChartColours, zone: Zone): uPlot.Axis {
  return {
    stroke: colours.text,
    font: FONT,
    grid: { stroke: colours.grid, width: 1 },
    ticks: { show: false },
    space: 70,
    size: 26,
    values: (_plot, splits, _axis, _space, increment) =>
      splits.map((time) =>
        increment >= DAY ? stampText(time, zone).slice(5, 10) : clockText(time, zone).slice(0, increment >= 60 ? 5 : 8),
      ),
  };
}

function valueAxis({ colours, format }: PlotSetup): uPlot.Axis {
  return {
    side: RIGHT,
    stroke: colours.text,
    font: FONT,
    grid: { stroke: colours.grid, width: 1 },
    ticks: { show: false },
    gap: 4,
    size: (plot, values) => {
      const longest = (values ?? []).reduce((sofar, each) => (each.length > sofar.length ? each : sofar), '');
      plot.ctx.font = FONT;
      return Math.ceil(plot.ctx.measureText(longest).width) + 14;
    },
    values: (_plot, splits) => splits.map((value) => (value === null ? '' : format(value))),
  };
}

/** A range that leaves a little room and never collapses where all values are equal. */
function valueRange(_plot: uPlot, low: number | null, high: number | null): [number, number] {
  if (low === null || high === null) return [0, 1];
  const room = (high - low) * 0.08 || Math.max(Math.abs(high) * 0.001, 0.001);
  return [low - room, high + room];
}
