/** An abort signal that Ctrl-C sets off. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Sets it off and takes the handlers off again. */
  readonly interrupt: () => void;
}

/** Aborted by Ctrl-C or SIGTERM, or after so many seconds. A second Ctrl-C ends the process the usual way. */
export function untilInterrupted(seconds?: number): Interruption {
  const controller = new AbortController();
  const interrupt = (): void => {
    clearTimeout(timer);
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    controller.abort();
  };
  const timer = seconds === undefined ? undefined : setTimeout(interrupt, seconds * 1000);
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return { signal: controller.signal, interrupt };
}
