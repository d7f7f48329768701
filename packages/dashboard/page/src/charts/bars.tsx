import { counted, fixed } from '../model/format.js';
import type { Tally } from '../model/tally.js';
import { ChartFrame } from './chart-frame.js';

interface BarsProps {
  readonly title: string;
  readonly nouns: readonly [string, string];
  readonly tallies: readonly Tally[];
  readonly total: number;
  /** Said where there is nothing to count. */
  readonly empty: string;
}

const SHOWN = 12;

/** A histogram: one bar a label, longest first. */
export function Bars({ title, nouns, tallies, total, empty }: BarsProps) {
  const longest = tallies[0]?.count ?? 0;
  const row = (index: number): readonly string[] => {
    const { label = '', count = 0 } = tallies[index] ?? {};
    return [label, fixed(count, 0), total === 0 ? '' : `${fixed((100 * count) / total, 1)} %`];
  };
  const text = {
    title,
    summary: summaryOf(tallies, total, nouns, empty),
    heads: [title, 'count', 'share'],
    count: tallies.length,
    row,
  };
  return (
    <ChartFrame text={text}>
      {(reading) => (
        <ul class="bars" data-empty={total === 0}>
          {tallies.slice(0, SHOWN).map(({ label, count }, index) => (
            <li key={label} class={reading === index ? 'is-read' : ''}>
              <span class="bar-label" title={label}>
                {label}
              </span>
              <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <rect x="0" y="0" height="10" width={longest === 0 ? 0 : (100 * count) / longest} />
              </svg>
              <span class="bar-count">{fixed(count, 0)}</span>
            </li>
          ))}
        </ul>
      )}
    </ChartFrame>
  );
}

function summaryOf(tallies: readonly Tally[], total: number, nouns: readonly [string, string], empty: string): string {
  const [first] = tallies;
  if (first === undefined) return empty;
  const rest = tallies.length > SHOWN ? ` The table lists all ${tallies.length}.` : '';
  return `${counted(total, ...nouns)}; most often ${first.label}, ${fixed((100 * first.count) / total, 0)} %.${rest}`;
}
