import type { Token } from 'markdown-it';

/** The words of an inline token, or of its children, without markup. */
export function plainText(inline: Pick<Token, 'children' | 'content'>): string {
  return (inline.children ?? []).map(wordsOf).join('').replace(/\s+/g, ' ').trim();
}

function wordsOf(token: Token): string {
  if (token.type === 'text' || token.type === 'code_inline' || token.type === 'text_special') return token.content;
  if (token.type === 'softbreak' || token.type === 'hardbreak') return ' ';
  if (token.type === 'image') return plainText(token);
  return '';
}
