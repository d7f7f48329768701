import { safe } from './render/safe.js';

/** Says on a screen what a long command is doing, and leaves nothing behind. Silent in pipes. */
export interface Progress {
  /** What is being done now; asked for only where it is shown. */
  step(text: () => string): void;
  /** Says how long it has been running until the work is done. */
  during<T>(label: string, work: Promise<T>): Promise<T>;
  /** Takes the line off the screen; the next step shows it again. */
  erase(): void;
}

/** What progress is drawn on: stderr. */
export interface ProgressStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** Shortest time between two drawings, and before the first, in milliseconds. */
const REDRAW_MS = 100;
const DEFAULT_COLUMNS = 80;
const ERASE = '\r\u001b[K';

/** Makes the progress of a process. */
export function createProgress(stream: ProgressStream): Progress {
  const now = (): number => performance.now();
  const isShown = stream.isTTY === true && process.env['TERM'] !== 'dumb';
  let drawn = now();
  let isOnScreen = false;

  const step = (text: () => string): void => {
    if (!isShown || now() - drawn < REDRAW_MS) return;
    drawn = now();
    isOnScreen = true;
    const columns = stream.columns === undefined || stream.columns <= 0 ? DEFAULT_COLUMNS : stream.columns;
    stream.write(`${ERASE}${safe(text()).slice(0, columns - 1)}`);
  };
  return {
    step,
    during: async (label, work) => {
      const started = now();
      const timer = setInterval(() => step(() => `${label}: ${((now() - started) / 1000).toFixed(1)} s`), REDRAW_MS);
      try {
        return await work;
      } finally {
        clearInterval(timer);
      }
    },
    erase: () => {
      if (isOnScreen) stream.write(ERASE);
      isOnScreen = false;
    },
  };
}
