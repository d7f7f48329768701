/**
 * up: its sync reports. down: it has ended, or was not heard of for as long as a presence lives. unknown: this reader
 * has no connection. Down says nothing of the age of a state, nor the age of a state of this.
 */
export type PresenceState = 'up' | 'down' | 'unknown';

/** Whether the sync of an executor is alive. */
export interface Presence {
  readonly state: PresenceState;
  /** When it was last heard of, by this reader's clock in seconds since 1970; null where never. */
  readonly heard: number | null;
}

/** Who has been heard of. */
export interface PresenceBoard {
  heard(executor: string): void;
  left(executor: string): void;
  get(executor: string): Presence;
  executors(): string[];
  /** How long one counts as up without being heard of, in seconds. */
  setTtl(seconds: number): void;
  /** Whether what is not heard is known to be silent. */
  setConnected(connected: boolean): void;
  close(): void;
}

/** Makes a board; `changed` is called when an executor goes up or down. */
export function createPresenceBoard(changed: (executor: string) => void, now: () => number): PresenceBoard {
  const heard = new Map<string, number>();
  const alive = new Map<string, NodeJS.Timeout>();
  let connected = false;
  let ttlMs = 0;

  return {
    heard: (executor) => {
      heard.set(executor, now());
      const isNew = !alive.has(executor);
      clearTimeout(alive.get(executor));
      alive.set(executor, setTimeout(() => end(executor), ttlMs).unref());
      if (isNew) changed(executor);
    },
    left: end,
    get: (executor) => ({
      state: connected ? (alive.has(executor) ? 'up' : 'down') : 'unknown',
      heard: heard.get(executor) ?? null,
    }),
    executors: () => [...heard.keys()],
    setTtl: (seconds) => {
      ttlMs = seconds * 1000;
    },
    setConnected: (value) => {
      if (connected === value) return;
      connected = value;
      for (const executor of heard.keys()) changed(executor);
    },
    close: () => {
      for (const timer of alive.values()) clearTimeout(timer);
    },
  };

  function end(executor: string): void {
    clearTimeout(alive.get(executor));
    if (alive.delete(executor)) changed(executor);
  }
}
