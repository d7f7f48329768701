import type { MarkdownIt } from 'markdown-it';

/** What an id may be spelled with; anything else is not taken for an anchor. */
const ANCHOR = /<a id="([A-Za-z0-9_.*-]+)"><\/a>/y;
const COMMENT = /<!--(?!-?>)[\s\S]*?-->/y;

/** Type of the token that stands for an anchor; its attribute `id` says which. */
export const ANCHOR_TOKEN = 'anchor';

/**
 * The two pieces of HTML that a page may hold: `<a id="…"></a>`, and comments, which are dropped. Everything else that looks
 * like HTML stays text.
 */
export function allowAnchorsAndComments(md: MarkdownIt): void {
  md.inline.ruler.before('html_inline', ANCHOR_TOKEN, (state, silent) => {
    ANCHOR.lastIndex = state.pos;
    const found = ANCHOR.exec(state.src);
    if (found === null) return false;
    if (!silent) state.push(ANCHOR_TOKEN, 'a', 0).attrs = [['id', found[1] ?? '']];
    state.pos = ANCHOR.lastIndex;
    return true;
  });
  md.inline.ruler.before('html_inline', 'comment', (state) => {
    COMMENT.lastIndex = state.pos;
    if (!COMMENT.test(state.src)) return false;
    state.pos = COMMENT.lastIndex;
    return true;
  });
  md.block.ruler.before('html_block', 'comment', commentBlock, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  });
}

const commentBlock: Parameters<MarkdownIt['block']['ruler']['before']>[2] = (state, startLine, endLine, silent) => {
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  for (let line = startLine; line < endLine; line += 1) {
    const text = state.getLines(startLine, line + 1, state.blkIndent, false).trim();
    if (line === startLine && !text.startsWith('<!--')) return false;
    const end = text.indexOf('-->', 4);
    if (end === -1) continue;
    if (end !== text.length - 3) return false;
    if (!silent) state.line = line + 1;
    return true;
  }
  return false;
};
