/** Something that holds what is not written yet. */
export interface Drainable {
  /** Waits until what was accepted is written, `milliseconds` at most. Does not throw. */
  drain(milliseconds: number): void;
}

/** Signals that end a process which does not listen to them. */
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** How long the end of a process may be held up, in milliseconds. */
const LONGEST = 2000;
/** Events that follow each other so closely belong to one end. */
const SAME_END = 500;

const open = new Set<Drainable>();

/** Has a writer drained when the process ends; however it ends, but for SIGKILL. */
export function watchEnd(writer: Drainable): void {
  if (open.size === 0) listen();
  open.add(writer);
}

/** The writer holds nothing any more. */
export function unwatchEnd(writer: Drainable): void {
  if (open.delete(writer) && open.size === 0) unlisten();
}

function listen(): void {
  process.on('beforeExit', drainAll);
  process.on('exit', drainAll);
  process.on('uncaughtExceptionMonitor', drainAll);
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

function unlisten(): void {
  process.off('beforeExit', drainAll);
  process.off('exit', drainAll);
  process.off('uncaughtExceptionMonitor', drainAll);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

let gaveUp = -Infinity;

/** What could not be written in the whole time is not waited for again at the next event of the same end. */
function drainAll(): void {
  const begun = performance.now();
  if (begun < gaveUp + SAME_END) return;
  const until = begun + LONGEST;
  for (const writer of open) writer.drain(Math.max(0, until - performance.now()));
  if (performance.now() >= until) gaveUp = performance.now();
}

/** The process ends as it would have without us, unless somebody else listens and decides. */
function onSignal(signal: NodeJS.Signals): void {
  // Whoever else listens decides, and at once: what is to be written is written at the exit that follows, if one does.
  if (process.listenerCount(signal) > 1) return;
  drainAll();
  process.off(signal, onSignal);
  process.kill(process.pid, signal);
}
