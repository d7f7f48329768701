import type { Finding } from '@hedge-telemetry/contract';
import { renderFindings } from '../render/findings.js';
import type { Style } from '../render/style.js';
import { renderTracked } from '../render/watch.js';
import { enterScreen } from '../screen.js';
import type { Terminal } from '../terminal.js';
import type { Monitor } from './monitor.js';

/** A table of the surfaces that is redrawn in place, the newest findings below it. */
export interface LiveView {
  note(finding: Finding): void;
  close(): void;
}

const REDRAW_MS = 250;
const KEPT_FINDINGS = 20;

/** Shows a monitor on the screen until it is closed. */
export function showLive(dir: string, monitor: Monitor, terminal: Terminal): LiveView {
  const screen = enterScreen(terminal);
  const started = performance.now();
  const newest: Finding[] = [];
  const draw = (): void => {
    const style = terminal.outStyle;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    screen.draw([
      `${style('bold', `watching ${dir}`)}  ${seconds} s  ${style('dim', 'Ctrl-C ends')}`,
      '',
      ...renderTracked(monitor.surfaces(), style),
      '',
      ...newest.flatMap((finding) => headOf(finding, style)),
    ]);
  };
  const timer = setInterval(draw, REDRAW_MS);
  draw();
  return {
    note: (finding) => {
      newest.unshift(finding);
      newest.length = Math.min(newest.length, KEPT_FINDINGS);
    },
    close: () => {
      clearInterval(timer);
      screen.leave();
    },
  };
}

function headOf(finding: Finding, style: Style): string[] {
  return renderFindings([finding], style).slice(0, 1);
}
