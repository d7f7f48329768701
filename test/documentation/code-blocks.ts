/** A fenced code block of a Markdown page. */
export interface CodeBlock {
  readonly language: string;
  readonly text: string;
  /** Line of the page that the block begins on, from 1. */
  readonly line: number;
}

/** A command that a page gives. */
export interface PageCommand {
  readonly command: string;
  readonly line: number;
}

/** The fenced code blocks of a page that name their language, in order. */
export function codeBlocks(page: string): CodeBlock[] {
  return [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1] ?? '',
    text: match[2] ?? '',
    line: lineOf(page, match.index),
  }));
}

/** Every line of the shell blocks of a page that is a command; a line that ends in a backslash goes on. */
export function shellCommands(page: string): PageCommand[] {
  return codeBlocks(page)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text, line }) =>
      text
        .replaceAll('\\\n', ' ')
        .split('\n')
        .map((command, index) => ({ command: command.trim(), line: line + 1 + index }))
        .filter(({ command }) => command !== '' && !command.startsWith('#')),
    );
}

/** What stands in backticks in the prose of a page and begins with our command. */
export function inlineCommands(page: string): PageCommand[] {
  const prose = page.replaceAll(/^```[\s\S]*?^```$/gm, (block) => block.replaceAll(/[^\n]/g, ''));
  return [...prose.matchAll(/`(?:npx )?(hedge-telemetry [^`]+)`/g)].map((match) => ({
    command: match[1] ?? '',
    line: lineOf(prose, match.index),
  }));
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
