const SHORTEST = 4;

/** One way in which a known value may be written, and how many characters on each side share bits with it. */
export interface Form {
  readonly text: string;
  readonly before: number;
  readonly after: number;
}

/**
 * The forms in which a value is looked for: as it is, with `+` for spaces, in hex of either case, and in base64 at each
 * of the three alignments and in both alphabets. Percent-encoding and backslash escapes are undone in the text instead,
 * since they leave the writer a choice for each character.
 */
export function formsOf(value: string): Form[] {
  const bytes = Buffer.from(value, 'utf8');
  const hex = bytes.toString('hex');
  const plain = [value, value.replaceAll(' ', '+'), hex, hex.toUpperCase()].map((text) => ({
    text,
    before: 0,
    after: 0,
  }));
  const encoded = [0, 1, 2].flatMap((shift) => base64Forms(bytes, shift));
  const unique = new Map([...plain, ...encoded].map((form) => [form.text, form]));
  return [...unique.values()].filter(({ text }) => text.length >= SHORTEST);
}

/** The characters of base64 that depend on the value alone when `shift` bytes stand before it. */
function base64Forms(bytes: Buffer, shift: number): Form[] {
  const whole = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const shared = ((shift + bytes.length) * 8) % 6 === 0 ? 0 : 1;
  const first = Math.ceil((shift * 8) / 6);
  const text = whole.slice(first, whole.length - shared);
  const edges = { before: shift === 0 ? 0 : 1, after: shared };
  return [
    { text, ...edges },
    { text: text.replaceAll('+', '-').replaceAll('/', '_'), ...edges },
  ];
}
