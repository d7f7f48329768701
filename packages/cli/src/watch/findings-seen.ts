import type { Finding } from '@hedge-telemetry/contract';

/** A finding as it was met first, and how often the same was met. */
export interface SeenFinding {
  readonly finding: Finding;
  readonly count: number;
}

/** Tells findings that are new from those that were met before: the same rule, at the same field of the same surface. */
export interface FindingsSeen {
  /** Counts the findings and returns those that are new. */
  add(findings: readonly Finding[]): Finding[];
  /** In the order in which they were met. */
  list(): SeenFinding[];
}

const MAX_KINDS = 1_000;

/** Makes an empty collection. Memory is bounded: beyond MAX_KINDS kinds of finding nothing is new. */
export function createFindingsSeen(): FindingsSeen {
  const seen = new Map<string, { readonly finding: Finding; count: number }>();
  return {
    add: (findings) =>
      findings.filter((finding) => {
        const known = seen.get(keyOf(finding));
        if (known !== undefined) known.count += 1;
        else if (seen.size < MAX_KINDS) seen.set(keyOf(finding), { finding, count: 1 });
        return known === undefined && seen.get(keyOf(finding))?.finding === finding;
      }),
    list: () => [...seen.values()].map(({ finding, count }) => ({ finding, count })),
  };
}

/** Items of an array are not told apart. */
function keyOf({ rule, level, surface, file, pointer }: Finding): string {
  return [rule, level, surface, file, (pointer ?? '').replaceAll(/\/\d+(?=\/|$)/g, '/*')].join(' ');
}
