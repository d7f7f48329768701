import { setTimeout as delay } from 'node:timers/promises';
import type { Style } from '../render/style.js';
import { enterScreen } from '../screen.js';
import type { Terminal } from '../terminal.js';
import { snapshotJson } from './snapshot.js';
import type { Snapshot } from './snapshot.js';
import { renderLine, renderView } from './view.js';

const SCREEN_MS = 500;
const LINES_MS = 2_000;

/** Shows snapshots until the signal is aborted, and at least one: redrawn in place on a screen, else a line every two seconds. */
export async function display(
  take: () => Promise<Snapshot>,
  caption: () => string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const isScreen = terminal.isScreen && !terminal.json;
  const screen = isScreen ? enterScreen(terminal) : null;
  try {
    do {
      await delay(isScreen ? SCREEN_MS : LINES_MS, undefined, { signal }).catch(() => undefined);
      const snapshot = await take();
      if (screen !== null) screen.draw(frame(snapshot, caption(), terminal.outStyle));
      else terminal.out(terminal.json ? JSON.stringify(snapshotJson(snapshot)) : renderLine(snapshot));
    } while (!signal.aborted);
  } finally {
    screen?.leave();
  }
}

function frame(snapshot: Snapshot, caption: string, style: Style): string[] {
  const [title = '', ...notes] = caption.split('\n');
  const head = `${style('bold', title)}  ${snapshot.elapsed.toFixed(1)} s  ${style('dim', 'Ctrl-C ends')}`;
  return [head, ...notes.map((note) => style('yellow', note)), '', ...renderView(snapshot, style)];
}
