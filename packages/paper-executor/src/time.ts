/** Seconds since 1970 as RFC 3339 in UTC, with milliseconds. */
export function iso(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString();
}

/** The UTC day of a time, YYYY-MM-DD. */
export function utcDay(seconds: number): string {
  return iso(seconds).slice(0, 10);
}

/** The UTC hour of a time, 0 to 23. */
export function utcHour(seconds: number): number {
  return Number(iso(seconds).slice(11, 13));
}
