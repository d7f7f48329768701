/** Characters of text that an entry holds at most. */
export const TEXT_LENGTH = 320;

/** A text cut at a word. */
export function shortened(text: string): string {
  return text.length <= TEXT_LENGTH ? text : `${text.slice(0, TEXT_LENGTH).replace(/\s+\S*$/, '')} …`;
}
