import { directoryTrouble } from '../directory.js';
import { exitCodes } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { plainJson } from '../render/plain-json.js';
import { renderEvent, renderSummary } from '../render/watch.js';
import { untilInterrupted } from '../signals.js';
import type { Terminal } from '../terminal.js';
import { metByFinding, metByState } from '../watch/fail-on.js';
import type { FailCondition } from '../watch/fail-on.js';
import { createMonitor } from '../watch/monitor.js';
import type { WatchEvent } from '../watch/monitor.js';
import { eventRecord, summaryRecord } from '../watch/report.js';
import { showLive } from '../watch/view.js';
import type { LiveView } from '../watch/view.js';

export interface WatchOptions {
  readonly failOn?: readonly FailCondition[];
  /** Seconds after which it ends. */
  readonly for?: number;
  readonly once?: boolean;
}

/**
 * `watch DIR`: what happens in the directory of a running executor, as a table on a screen, else line by line, and in the
 * end what was seen. Ends at once with exit code 5 where a condition of --fail-on is met.
 */
export async function watch(dir: string, options: WatchOptions, terminal: Terminal): Promise<ExitCode> {
  const trouble = await directoryTrouble(dir, terminal);
  if (trouble !== null) return trouble;
  const { failOn = [], once = false } = options;
  const { signal, interrupt } = untilInterrupted(options.for);
  const started = performance.now();
  let failedOn: FailCondition | null = null;
  let view: LiveView | null = null;

  const onEvent = (event: WatchEvent): void => {
    if (view === null) printEvent(event, terminal);
    else if (event.event === 'finding') view.note(event.finding);
    failedOn ??= event.event === 'finding' ? metByFinding(event.finding, failOn) : metByState(event.to, failOn, false);
    if (failedOn !== null && !once) interrupt();
  };
  const monitor = createMonitor({ dir, once, signal, onEvent });
  if (terminal.isScreen && !terminal.json && !once) view = showLive(dir, monitor, terminal);
  try {
    await monitor.run();
  } finally {
    view?.close();
    interrupt();
  }
  for (const { state } of monitor.surfaces()) failedOn ??= metByState(state, failOn, true);
  const duration_s = (performance.now() - started) / 1000;
  if (terminal.json) terminal.out(plainJson(summaryRecord(monitor, { ts: Date.now() / 1000, duration_s, failedOn })));
  else terminal.out(...renderSummary(monitor.surfaces(), monitor.findings(), terminal.outStyle));
  if (failedOn !== null) terminal.err(`failed on: ${failedOn}`);
  return failedOn === null ? exitCodes.clean : exitCodes.contract;
}

function printEvent(event: WatchEvent, terminal: Terminal): void {
  terminal.out(...(terminal.json ? [plainJson(eventRecord(event))] : renderEvent(event, terminal.outStyle)));
}
