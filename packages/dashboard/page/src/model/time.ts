/** A span of time that the whole page looks at. */
export type Range = '1h' | '24h' | '7d' | '30d' | 'all';

export const ranges: readonly Range[] = ['1h', '24h', '7d', '30d', 'all'];

export const rangeNames: Readonly<Record<Range, string>> = {
  '1h': '1 h',
  '24h': '24 h',
  '7d': '7 d',
  '30d': '30 d',
  all: 'all',
};

const lengths: Readonly<Record<Range, number>> = {
  '1h': 3_600,
  '24h': 86_400,
  '7d': 604_800,
  '30d': 2_592_000,
  all: Number.POSITIVE_INFINITY,
};

/** Which clock the page tells time by. */
export type Zone = 'utc' | 'local';

/** Length in seconds; infinite for all. */
export function rangeSeconds(range: Range): number {
  return lengths[range];
}

/** Start of the range that ends now, in seconds since 1970; 0 for all. */
export function rangeStart(range: Range, now: number): number {
  return range === 'all' ? 0 : now - lengths[range];
}

/** Time of day, HH:MM:SS. */
export function clockText(seconds: number, zone: Zone): string {
  return parts(seconds, zone)[1];
}

/** Day and time of day. */
export function stampText(seconds: number, zone: Zone): string {
  const [day, time] = parts(seconds, zone);
  return `${day} ${time}`;
}

/** Day and time of day with the name of the clock. */
export function fullStamp(seconds: number, zone: Zone): string {
  return `${stampText(seconds, zone)} ${zone === 'utc' ? 'UTC' : 'local'}`;
}

function parts(seconds: number, zone: Zone): readonly [string, string] {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return ['', String(seconds)];
  const shifted = zone === 'utc' ? date : new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  if (Number.isNaN(shifted.getTime())) return ['', String(seconds)];
  const text = shifted.toISOString();
  const split = text.indexOf('T');
  return [text.slice(0, split), text.slice(split + 1, split + 9)];
}
