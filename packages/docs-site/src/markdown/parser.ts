import createMarkdownIt from 'markdown-it';
import type { MarkdownIt } from 'markdown-it';
import { allowAnchorsAndComments } from './syntax.js';

/** What would hide or turn around the text beside it. */
const INVISIBLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udfff]/gu;

/**
 * CommonMark with tables. HTML is text, but for anchors and comments; every address is let through here and judged by
 * `resolveLinks`, which no page goes round.
 */
export function createParser(): MarkdownIt {
  const md = createMarkdownIt({ html: false, linkify: false, typographer: false });
  md.validateLink = () => true;
  md.use(allowAnchorsAndComments);
  return md;
}

/** The text of a file without characters that cannot be seen. */
export function visible(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(INVISIBLE, '\uFFFD');
}
