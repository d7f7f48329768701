import { createProgress } from './progress.js';
import type { Progress } from './progress.js';
import { createStyle } from './render/style.js';
import type { Style } from './render/style.js';

/** Where a command prints: data to stdout, talk to stderr. */
export interface Terminal {
  /** Data is wanted as JSON. */
  readonly json: boolean;
  readonly outStyle: Style;
  readonly errStyle: Style;
  /** stdout is a screen that can be redrawn. */
  readonly isScreen: boolean;
  /** Prints lines of data. */
  out(...lines: string[]): void;
  /** Prints data as it is, escape sequences included. */
  draw(text: string): void;
  /** Prints lines of talk. */
  err(...lines: string[]): void;
  /** Lines that fit on the screen. */
  rows(): number;
  /** On stderr, where that is a screen; whatever is printed takes its place. */
  readonly progress: Progress;
}

/** For a terminal that does not tell its size. */
const DEFAULT_ROWS = 40;

/** The terminal of this process. Colour needs a screen and is off where NO_COLOR is set. */
export function createTerminal(json: boolean): Terminal {
  const { stdout, stderr, env } = process;
  const progress = createProgress(stderr);
  const print = (stream: NodeJS.WriteStream, text: string): void => {
    progress.erase();
    stream.write(text);
  };
  const lines = (stream: NodeJS.WriteStream, texts: readonly string[]): void => {
    if (texts.length > 0) print(stream, `${texts.join('\n')}\n`);
  };
  const hasColour = (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  return {
    json,
    outStyle: createStyle(hasColour && stdout.isTTY),
    errStyle: createStyle(hasColour && stderr.isTTY),
    isScreen: stdout.isTTY && env['TERM'] !== 'dumb',
    out: (...texts) => lines(stdout, texts),
    draw: (text) => print(stdout, text),
    err: (...texts) => lines(stderr, texts),
    progress,
    rows: () => (stdout.rows > 0 ? stdout.rows : DEFAULT_ROWS),
  };
}
