/** A value as it is shown: its text and, apart from it, its unit. */
export interface Shown {
  readonly text: string;
  readonly unit: string;
}

const MAX_TEXT = 160;
const formats = new Map<string, Intl.NumberFormat>();

/** A value in the unit that the contract gives it. Fractions are shown as percentages. */
export function shown(value: unknown, unit = 'none', signed = false): Shown {
  if (typeof value === 'number') return shownNumber(value, unit, signed);
  if (typeof value === 'boolean') return { text: value ? 'yes' : 'no', unit: '' };
  if (typeof value === 'string') return { text: clipped(value), unit: '' };
  return { text: clipped(JSON.stringify(value) ?? ''), unit: '' };
}

/** The unit that the head of a column names; none where each value carries its sign. */
export function headUnit(unit: string): string {
  return headUnits[unit] ?? '';
}

/** Text and unit in one. */
export function plain({ text, unit }: Shown): string {
  return unit === '' ? text : `${text}${unit === '%' || unit === '×' ? '' : ' '}${unit}`;
}

/** A number with a fixed count of decimals, grouped by thousands, with a true minus sign. */
export function fixed(value: number, decimals: number, signed = false): string {
  const size = formatter(decimals, decimals).format(Math.abs(value));
  const isZero = !/[1-9]/.test(size);
  if (value < 0 && !isZero) return `\u2212${size}`;
  return signed && !isZero ? `+${size}` : size;
}

/** A price or a quantity: as many decimals as its size asks for. */
export function adaptive(value: number, signed = false): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 1e15) return value.toExponential(4).replace('-', '\u2212');
  const decimals = size >= 1000 ? 2 : size >= 1 ? 4 : Math.min(10, 3 - Math.floor(Math.log10(size)));
  const text = formatter(size >= 1000 ? 2 : 0, decimals).format(size);
  return `${value < 0 ? '\u2212' : signed ? '+' : ''}${text}`;
}

/** A duration in seconds as a person reads it: 4 s, 12 min, 3.1 h, 12 d. */
export function duration(seconds: number | null): string {
  if (seconds === null) return 'unknown';
  const size = Math.abs(seconds);
  if (size < 10) return `${size.toFixed(1)} s`;
  if (size < 120) return `${Math.round(size)} s`;
  if (size < 7_200) return `${Math.round(size / 60)} min`;
  if (size < 172_800) return `${(size / 3_600).toFixed(1)} h`;
  return `${Math.round(size / 86_400)} d`;
}

/** An age: "4 s", "in 12 min" where the timestamp lies ahead, "age unknown" where there is none. */
export function ageText(seconds: number | null): string {
  if (seconds === null) return 'age unknown';
  return seconds < -1 ? `${duration(seconds)} ahead` : duration(Math.max(0, seconds));
}

/** A count with its noun. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatter(0, 0).format(count)} ${count === 1 ? one : many}`;
}

/** Text cut to what fits on a line. */
export function clipped(text: string, length = MAX_TEXT): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

function shownNumber(value: number, unit: string, signed: boolean): Shown {
  switch (unit) {
    case 'USD':
      return { text: large(value) ?? fixed(value, 2, signed), unit: 'USD' };
    case 'percent':
      return { text: fixed(value, 2, signed), unit: '%' };
    case 'fraction':
      return { text: fixed(value * 100, Math.abs(value) < 0.1 ? 2 : 1, signed), unit: '%' };
    case 'bps':
      return { text: fixed(value, 2, signed), unit: 'bps' };
    case 'multiplier':
      return { text: adaptive(value), unit: '×' };
    case 'ratio':
    case 'score':
      return { text: fixed(value, 3, signed), unit: '' };
    case 'count':
      return { text: large(value) ?? formatter(0, 6).format(value), unit: '' };
    case 'epoch_s':
      return { text: utcText(value), unit: '' };
    default:
      return { text: adaptive(value, signed), unit: units[unit] ?? '' };
  }
}

const units: Readonly<Record<string, string>> = { s: 's', ms: 'ms', hours: 'h', days: 'd', price: '', base: '' };
const headUnits: Readonly<Record<string, string>> = { ...units, USD: 'USD', bps: 'bps' };
const LAST_SECOND = 253_402_300_799;

function utcText(seconds: number): string {
  if (seconds < 0 || seconds > LAST_SECOND) return String(seconds);
  return new Date(seconds * 1000).toISOString().replace('T', ' ').slice(0, 19);
}

function large(value: number): string | null {
  return Math.abs(value) >= 1e13 ? value.toExponential(4).replace('-', '\u2212') : null;
}

function formatter(least: number, most: number): Intl.NumberFormat {
  const key = `${least}/${most}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat('en-US', { minimumFractionDigits: least, maximumFractionDigits: most });
  formats.set(key, made);
  return made;
}
