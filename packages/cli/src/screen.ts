import type { Terminal } from './terminal.js';

/** A screen that is redrawn in place. */
export interface Screen {
  /** Puts these lines in place of those before; what does not fit below is left out. */
  draw(lines: readonly string[]): void;
  /** Clears it and gives the cursor back. */
  leave(): void;
}

/** Cursor off and no wrapping while the view is redrawn in place. */
const ENTER = '\u001b[?25l\u001b[?7l\u001b[2J';
const LEAVE = '\u001b[?7h\u001b[?25h';
const HOME = '\u001b[H';
const CLEAR_LINE = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';
/** Terminals that know it show what stands between these at once. */
const BEGIN = '\u001b[?2026h';
const END = '\u001b[?2026l';

/** Takes the screen of a terminal. Each frame is one write that overwrites the last: nothing is cleared first, so that nothing flickers. */
export function enterScreen(terminal: Terminal): Screen {
  terminal.draw(ENTER);
  return {
    draw: (lines) => {
      const fitting = lines.slice(0, Math.max(1, terminal.rows() - 1));
      terminal.draw(`${BEGIN}${HOME}${fitting.map((line) => `${line}${CLEAR_LINE}\n`).join('')}${CLEAR_BELOW}${END}`);
    },
    leave: () => terminal.draw(`${HOME}${CLEAR_BELOW}${LEAVE}`),
  };
}
