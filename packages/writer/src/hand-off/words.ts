/**
 * Words that the caller's thread and a file thread share. BELL counts what was handed over; ASLEEP is 1 while the thread
 * waits for the bell; ASKED and ASKED_DURABLE hold the number of the last flush that was asked for, ANSWERED that of the
 * last one done; ENDING is 1 when the thread is to end. NEVER is never written: waiting for it is a nap.
 */
export const BELL = 0;
export const ASLEEP = 1;
export const ASKED = 2;
export const ASKED_DURABLE = 3;
export const ANSWERED = 4;
export const ENDING = 5;
export const NEVER = 6;

const BYTES = 64;

export type Words = Int32Array<SharedArrayBuffer>;

export function createWords(): Words {
  return new Int32Array(new SharedArrayBuffer(BYTES));
}

/** Tells a file thread that something was handed over. Costs a system call only where the thread sleeps. */
export function ringBell(words: Words): void {
  Atomics.add(words, BELL, 1);
  if (Atomics.load(words, ASLEEP) === 1 && Atomics.exchange(words, ASLEEP, 0) === 1) Atomics.notify(words, BELL);
}

/** Waits for the bell to be rung after it was read as `heard`, so many milliseconds at most. */
export function awaitBell(words: Words, heard: number, milliseconds: number): void {
  Atomics.store(words, ASLEEP, 1);
  Atomics.wait(words, BELL, heard, milliseconds);
  Atomics.store(words, ASLEEP, 0);
}

/** Waits without being woken: what is handed over meanwhile costs its caller no system call. */
export function nap(words: Words, milliseconds: number): void {
  Atomics.wait(words, NEVER, 0, milliseconds);
}
