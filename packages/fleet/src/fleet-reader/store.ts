import { isStateName, stateNames } from '@hedge-telemetry/contract';
import type { Finding, Interpretation, StateName } from '@hedge-telemetry/contract';
import { interpretBytes } from '@hedge-telemetry/reader';

/** What the server holds of a state surface. */
export interface HeldDocument {
  readonly bytes: Uint8Array;
  readonly revision: number;
  /** Parsed and interpreted, once, when somebody asks. */
  interpreted(): Interpretation<StateName> | Finding;
}

/** The last state of every executor, as it came in. */
export interface StateStore {
  put(executor: string, surface: string, bytes: Uint8Array, revision: number): void;
  drop(executor: string, surface: string): void;
  get(executor: string, surface: StateName): HeldDocument | null;
  executors(): string[];
}

/** Makes an empty store. Documents stay bytes until they are read. */
export function createStateStore(): StateStore {
  const held = new Map<string, Map<StateName, HeldDocument>>();

  return {
    put: (executor, surface, bytes, revision) => {
      if (!isStateName(surface)) return;
      const documents = held.get(executor) ?? new Map<StateName, HeldDocument>();
      held.set(executor, documents);
      documents.set(surface, documentOf(surface, bytes, revision));
    },
    drop: (executor, surface) => {
      const documents = held.get(executor);
      if (documents === undefined || !isStateName(surface)) return;
      documents.delete(surface);
      if (documents.size === 0) held.delete(executor);
    },
    get: (executor, surface) => held.get(executor)?.get(surface) ?? null,
    executors: () => [...held.keys()],
  };
}

/** Subjects of the state surfaces: of all executors, or of some, and so for the surfaces. */
export function stateFilters(
  prefix: string,
  executors: readonly string[] | undefined,
  surfaces: readonly StateName[] | undefined,
): string[] {
  if (executors === undefined && surfaces === undefined) return [`${prefix}.>`];
  if (surfaces === undefined || surfaces.length === stateNames.length)
    return (executors ?? ['*']).map((executor) => `${prefix}.${executor}.>`);
  return (executors ?? ['*']).flatMap((executor) => surfaces.map((surface) => `${prefix}.${executor}.${surface}`));
}

function documentOf(surface: StateName, bytes: Uint8Array, revision: number): HeldDocument {
  let known: Interpretation<StateName> | Finding | null = null;
  return { bytes, revision, interpreted: () => (known ??= interpretBytes(surface, bytes)) };
}
