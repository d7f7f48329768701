import { setTimeout as delay } from 'node:timers/promises';
import type { Terminal } from '../terminal.js';
import { snapshotJson } from './snapshot.js';
import type { Snapshot } from './snapshot.js';
import { renderLine, renderView } from './view.js';

const SCREEN_MS = 500;
const LINES_MS = 2_000;
/** Cursor off and no wrapping while the view is redrawn in place. */
const ENTER = '\u001b[?25l\u001b[?7l\u001b[2J';
const LEAVE = '\u001b[?7h\u001b[?25h';
const HOME = '\u001b[H';
const CLEAR_LINE = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';

/** Shows snapshots until the signal is aborted, and at least one: redrawn in place on a screen, else a line every two seconds. */
export async function display(
  take: () => Promise<Snapshot>,
  caption: () => string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const isScreen = terminal.isScreen && !terminal.json;
  if (isScreen) terminal.draw(ENTER);
  try {
    do {
      await delay(isScreen ? SCREEN_MS : LINES_MS, undefined, { signal }).catch(() => undefined);
      const snapshot = await take();
      if (isScreen) drawFrame(snapshot, caption(), terminal);
      else terminal.out(terminal.json ? JSON.stringify(snapshotJson(snapshot)) : renderLine(snapshot));
    } while (!signal.aborted);
  } finally {
    if (isScreen) terminal.draw(`${HOME}${CLEAR_BELOW}${LEAVE}`);
  }
}

function drawFrame(snapshot: Snapshot, caption: string, terminal: Terminal): void {
  const style = terminal.outStyle;
  const [title = '', ...notes] = caption.split('\n');
  const head = `${style('bold', title)}  ${snapshot.elapsed.toFixed(1)} s  ${style('dim', 'Ctrl-C ends')}`;
  const lines = [head, ...notes.map((note) => style('yellow', note)), '', ...renderView(snapshot, style)].slice(
    0,
    Math.max(1, terminal.rows() - 1),
  );
  terminal.draw(`${HOME}${lines.map((line) => `${line}${CLEAR_LINE}\n`).join('')}${CLEAR_BELOW}`);
}
