const WIDTH = 120;

/** A JSON document as prettier lays it out: objects over several lines, lists of scalars on one where they fit. */
export function jsonText(value: unknown): string {
  return textOf(value, '', 0);
}

/** `before` is what stands on the line in front of the value, in characters. */
function textOf(value: unknown, indent: string, before: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (!Array.isArray(value)) {
    const entries = Object.entries(value).map(([key, each]) => {
      const name = `${JSON.stringify(key)}: `;
      return `${inner}${name}${textOf(each, inner, inner.length + name.length)}`;
    });
    return enclosed('{', entries, '}', indent);
  }
  const line = `[${value.map((each) => JSON.stringify(each)).join(', ')}]`;
  const isPlain = value.every((each) => typeof each !== 'object' || each === null);
  // One character for the comma behind it.
  if (isPlain && before + line.length + 1 <= WIDTH) return line;
  const items = value.map((each) => `${inner}${textOf(each, inner, inner.length)}`);
  return enclosed('[', items, ']', indent);
}

function enclosed(open: string, lines: readonly string[], close: string, indent: string): string {
  return lines.length === 0 ? open + close : `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}
