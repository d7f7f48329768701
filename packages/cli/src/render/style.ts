const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

export type Ink = keyof typeof codes;

/** Paints a text, or leaves it as it is where colour is off. */
export type Style = (ink: Ink | undefined, text: string) => string;

/** A style that paints, or one that leaves everything as it is. */
export function createStyle(enabled: boolean): Style {
  return (ink, text) => (enabled && ink !== undefined && text !== '' ? `\u001b[${codes[ink]}m${text}\u001b[0m` : text);
}
