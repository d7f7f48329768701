/** Values that one side gives and the other takes, one at a time: the giver waits until its value is used up. */
export interface Handover<T> {
  give(this: void, value: T): Promise<void>;
  /** Ends the values once those given are taken; with an error, the taker's loop throws it. */
  end(error: Error | null): void;
  taken(): AsyncGenerator<T, void, undefined>;
}

interface Given<T> {
  readonly value: T;
  readonly used: () => void;
}

/** Makes a handover. */
export function createHandover<T>(): Handover<T> {
  const waiting: Given<T>[] = [];
  let ended: { readonly error: Error | null } | null = null;
  let rouse = (): void => undefined;

  return {
    give: (value) =>
      new Promise((used) => {
        if (ended !== null) return used();
        waiting.push({ value, used });
        rouse();
      }),
    end: (error) => {
      ended ??= { error };
      rouse();
    },
    taken,
  };

  async function* taken(): AsyncGenerator<T, void, undefined> {
    try {
      for (;;) {
        const [given] = waiting;
        if (given !== undefined) {
          yield given.value;
          waiting.shift();
          given.used();
        } else if (ended !== null) {
          if (ended.error !== null) throw ended.error;
          return;
        } else await new Promise<void>((resolve) => (rouse = resolve));
      }
    } finally {
      ended ??= { error: null };
      for (const { used } of waiting) used();
    }
  }
}
