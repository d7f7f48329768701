import type { FieldNode, Reading } from '@hedge-telemetry/contract';
import { serverNow } from '../model/clock.js';
import { live, readingAt, unknown } from '../model/reading.js';
import { contract, surfaceStore } from '../model/surfaces.js';
import { useStore } from './use-store.js';

/** What a component asks of a surface. */
export interface SurfaceFields {
  readonly name: string;
  /** The reading of a field, with the freshness that it has right now. */
  at(...path: string[]): Reading<unknown>;
  /** The reading of a field of a row of this surface. */
  of(row: unknown, ...path: string[]): Reading<unknown>;
  /** True once the server has told of the surface. */
  readonly isKnown: boolean;
  /** The document as a whole fits the contract, so that its gaps are the writer's own. */
  readonly isSound: boolean;
}

/** Watches a state surface. Until the server has told of it, everything is absent. */
export function useSurface(name: string): SurfaceFields {
  const view = useStore(surfaceStore(name));
  const time = view?.surface.timestamp ?? null;
  const now = view === null ? null : { state: view.known, age_s: time === null ? null : serverNow() - time };
  return {
    name,
    isKnown: view !== null,
    isSound: view?.surface.valid === true,
    at: (...path) => (view === null ? unknown('absent') : live(readingAt(view.surface.readings, path), now)),
    of: (row, ...path) => live(readingAt(row, path), now),
  };
}

/** What the contract says of a field of a surface; undefined until it is loaded. */
export function useField(surface: string, ...path: string[]): FieldNode | undefined {
  const entry = useStore(contract).get(surface);
  let node: FieldNode | undefined = entry?.root;
  for (const key of path) node = node?.fields?.[key] ?? node?.items?.fields?.[key] ?? node?.values?.fields?.[key];
  return node;
}
