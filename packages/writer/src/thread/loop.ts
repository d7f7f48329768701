import type { Finding } from '@hedge-telemetry/contract';
import { ANSWERED, ASKED, ASKED_DURABLE, awaitBell, BELL, ENDING, nap } from '../hand-off/words.js';
import type { Words } from '../hand-off/words.js';

/** What a file thread does, all of it synchronous: a disk that does not answer stops this thread and nothing else. */
export interface Desk {
  /** Does what is due; true where there was something to do. `now` in milliseconds of a steady clock. */
  work(now: number): boolean;
  /** Tries all that waits, once, and says what could not be done; `durable` also puts it on disk. */
  settle(durable: boolean): readonly Finding[];
  /** Milliseconds until something is due though nothing is handed over. */
  idle(now: number): number;
  /** Puts away what was opened. */
  close(): void;
}

/** Length of a nap, in milliseconds: what is handed over waits so long at most while the thread is awake. */
const NAP = 1;
/** A thread that had nothing to do for so long sleeps, and is woken by the next hand-over. */
const AWAKE = 25;

/** Serves a desk until the thread is to end. */
export function serve(words: Words, desk: Desk, answer: (number: number, findings: readonly Finding[]) => void): void {
  let answered = Atomics.load(words, ANSWERED);
  let lastWork = performance.now();
  for (;;) {
    const bell = Atomics.load(words, BELL);
    const asked = Atomics.load(words, ASKED);
    if (desk.work(performance.now())) lastWork = performance.now();
    if (asked !== answered) {
      const findings = desk.settle(Atomics.load(words, ASKED_DURABLE) > answered);
      answered = asked;
      answer(asked, findings);
      Atomics.store(words, ANSWERED, asked);
      Atomics.notify(words, ANSWERED);
    } else if (Atomics.load(words, ENDING) === 1) {
      desk.close();
      return;
    } else if (Atomics.load(words, BELL) === bell) rest(bell);
  }

  function rest(bell: number): void {
    const now = performance.now();
    if (now - lastWork < AWAKE) nap(words, NAP);
    else awaitBell(words, bell, desk.idle(now));
  }
}
