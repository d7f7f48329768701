import { createStore } from './store.js';

/** Frames of the stream that the offset is taken from: the least delayed one counts. */
const SAMPLES = 30;

const samples: number[] = [];
let offset = 0;

/** The second that the page shows, by the server's clock, in seconds since 1970. */
export const second = createStore(Math.floor(serverNow()));

/** The server's clock in seconds since 1970, as far as the stream tells it. */
export function serverNow(): number {
  return Date.now() / 1000 + offset;
}

/** How far the browser's clock is behind the server's, in seconds; negative where it is ahead. */
export function clockOffset(): number {
  return offset;
}

/** Takes a server time that was just received. A frame can only arrive late, hence the largest difference is the truest. */
export function noteServerTime(now: number): void {
  samples.push(now - Date.now() / 1000);
  if (samples.length > SAMPLES) samples.shift();
  offset = Math.max(...samples);
}

/** Starts to tell the seconds. */
export function startClock(): void {
  const tick = (): void => {
    second.set(Math.floor(serverNow()));
    setTimeout(tick, 1000 - ((serverNow() * 1000) % 1000));
  };
  tick();
}
