/** Columns that a line may have. */
export const WIDTH = 120;

/** An expression, and the remark that goes behind it, without its slashes; empty where there is none. */
export interface Code {
  readonly code: string;
  readonly remark: string;
}

export function code(text: string, remark = ''): Code {
  return { code: text, remark };
}

/** `open a, b close` on one line where it fits behind `before`, else one part a line, as prettier lays it out. */
export function list(before: string, open: string, parts: readonly Code[], close: string, trailing = ','): string {
  const flat = `${before}${open} ${parts.map((each) => each.code).join(', ')} ${close}`;
  if (parts.every(({ remark }) => remark === '') && flat.length <= WIDTH) return flat;
  const indent = /^ */.exec(before)?.[0] ?? '';
  const lines = parts.map((each, index) => {
    const comma = index < parts.length - 1 ? ',' : trailing;
    return `${indent}  ${each.code}${comma}${each.remark === '' ? '' : ` // ${each.remark}`}`;
  });
  return `${before}${open}\n${lines.join('\n')}\n${indent}${close}`;
}

/** The body of an arrow function; a choice stands in parentheses. */
export function arrowBody(text: string): string {
  return text.includes(' ? ') ? `(${text})` : text;
}

/** `document.nav` or `document['a b']`. */
export function member(of: string, key: string): string {
  return isIdentifier(key) ? `${of}.${key}` : `${of}[${quoted(key)}]`;
}

/** A key as it stands in an object literal. */
export function keyed(key: string): string {
  return isIdentifier(key) ? key : quoted(key);
}

/** A text in the quotes that need fewer escapes. */
export function quoted(text: string): string {
  const double = JSON.stringify(text);
  const [singles, doubles] = [text.split("'").length, text.split('"').length];
  if (singles > doubles) return double;
  return `'${double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** A value as TypeScript. */
export function literal(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, each]) => `${keyed(key)}: ${literal(each)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** symbol_scores → SymbolScores. */
export function pascal(name: string): string {
  return name
    .split(/[^a-zA-Z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function isIdentifier(key: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(key);
}
