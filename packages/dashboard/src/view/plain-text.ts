const SUFFIXES: Readonly<Record<string, string>> = {
  USD: ' USD',
  percent: ' %',
  bps: ' bps',
  s: ' s',
  ms: ' ms',
  hours: ' h',
  days: ' d',
  multiplier: '×',
};
const LONGEST = 160;
const LAST_SECOND = 253_402_300_799;

/** A value with all its digits and its unit: nothing is rounded, and a fraction stays a fraction. */
export function plainText(value: unknown, unit: string | undefined): string {
  if (typeof value === 'number') return unit === 'epoch_s' ? timeText(value) : `${value}${SUFFIXES[unit ?? ''] ?? ''}`;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return clipped(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
}

/** Seconds since 1970 as ISO 8601; the number itself where it is no time. */
export function timeText(seconds: number): string {
  if (!(seconds >= 0 && seconds <= LAST_SECOND)) return String(seconds);
  return new Date(seconds * 1000).toISOString();
}

/** An age as a person reads it: 4 s, 12 min, 3.1 h, 12 d; "ahead" where the time lies in the future. */
export function ageWords(seconds: number | null): string {
  if (seconds === null) return 'age not known';
  const size = Math.abs(seconds);
  const ahead = seconds < 0 ? ' ahead' : '';
  if (size < 120) return `${Math.round(size)} s${ahead}`;
  if (size < 7_200) return `${Math.round(size / 60)} min${ahead}`;
  if (size < 172_800) return `${(size / 3_600).toFixed(1)} h${ahead}`;
  return `${Math.round(size / 86_400)} d${ahead}`;
}

function clipped(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
