import type { Finding } from '@hedge-telemetry/contract';

/** What is wrong now, by surface. What is over is still told once. */
export interface Troubles {
  /** Puts findings in place of those of the surface before; none say that nothing is wrong any more. */
  set(key: string, findings: readonly Finding[]): void;
  /** Everything that is wrong, or was since it was told the last time. */
  tell(): Finding[];
}

interface Trouble {
  readonly findings: readonly Finding[];
  isTold: boolean;
  isOver: boolean;
}

/** Makes a list without any. */
export function createTroubles(): Troubles {
  const troubles = new Map<string, Trouble>();

  return {
    set: (key, findings) => {
      const before = troubles.get(key);
      if (findings.length > 0) troubles.set(key, { findings, isTold: false, isOver: false });
      else if (before?.isTold === true) troubles.delete(key);
      else if (before !== undefined) before.isOver = true;
    },
    tell: () => {
      const told = [...troubles.values()].flatMap(({ findings }) => findings);
      for (const [key, each] of troubles) {
        each.isTold = true;
        if (each.isOver) troubles.delete(key);
      }
      return told;
    },
  };
}
