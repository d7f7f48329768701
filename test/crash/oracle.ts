import type { Ledger } from './records.mjs';

/** What a child said of one ledger before it died. */
export interface Heard {
  /** Records that append() took, by the last count the child gave. */
  readonly accepted: number;
  /** Records that a flush() which said ok covers. */
  readonly flushed: number;
  /** Counts of accepted records with the time, in µs of the monotonic clock, at which the count was given. */
  readonly counts: readonly { readonly accepted: number; readonly at: number }[];
}

/** What a child said before it died: the oracle, which lies outside the file system under test. */
export interface Testimony {
  readonly ledgers: Readonly<Record<Ledger, Heard>>;
  readonly published: number;
  readonly flushedVersion: number;
  readonly complaints: readonly string[];
}

/** Reads what storm-child.mjs printed; a last line that was cut is ignored. */
export function testimonyOf(output: string): Testimony {
  const words = output
    .slice(0, output.lastIndexOf('\n') + 1)
    .split('\n')
    .map((line) => line.split(' '));
  const of = (kind: string): string[][] => words.filter(([first]) => first === kind);
  const last = (kind: string, index: number): number => Number(of(kind).at(-1)?.[index] ?? 0);
  const heard = (index: number): Heard => ({
    accepted: last('a', index),
    flushed: last('f', index),
    counts: of('a').map((line) => ({ accepted: Number(line[index]), at: Number(line[3]) })),
  });
  return {
    ledgers: { events: heard(1), risk_vetoes: heard(2) },
    published: last('p', 1),
    flushedVersion: last('f', 3),
    complaints: of('e').map((line) => line.slice(1).join(' ')),
  };
}

/** What was accepted and is not in the file. */
export interface Loss {
  readonly records: number;
  /** Age of the oldest lost record when the child last gave a sign of life, in ms. */
  readonly ms: number;
}

/** The loss window of one ledger, where `kept` records of the life are in the file. */
export function lossOf({ accepted, counts }: Heard, kept: number): Loss {
  const first = counts.find((each) => each.accepted > kept);
  const last = counts.at(-1);
  if (first === undefined || last === undefined) return { records: 0, ms: 0 };
  return { records: accepted - kept, ms: (last.at - first.at) / 1000 };
}

/** Median, p99 and maximum of the losses, as a line of text. */
export function describeLosses(title: string, losses: readonly Loss[]): string {
  const quantiles = (values: number[]): string => {
    const sorted = values.toSorted((a, b) => a - b);
    const at = (q: number): string =>
      (sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0).toFixed(1);
    return `median ${at(0.5)}, p99 ${at(0.99)}, max ${at(1)}`;
  };
  const records = quantiles(losses.map((loss) => loss.records));
  const ms = quantiles(losses.map((loss) => loss.ms));
  return `${title}: accepted but not in the file at SIGKILL, ${losses.length} samples: records ${records}; ms ${ms}`;
}
