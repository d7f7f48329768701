import { isFinal, lowered } from '../finding.js';
import type { EvolutionFinding } from '../finding.js';
import type { Accepted, Releases } from '../releases/releases.js';
import { compareVersions } from '../releases/version.js';
import type { Subject } from './subject.js';

/**
 * Breaks that were accepted when a version was released stay accepted for whoever compares with an older one. The same
 * break made again after that version is a new one.
 */
export function withAccepted(
  findings: readonly EvolutionFinding[],
  base: Pick<Subject, 'surface' | 'version'>,
  releases: Releases,
): EvolutionFinding[] {
  const accepted = new Map<string, Accepted>();
  for (const release of releases.of(base.surface))
    if (base.version === null || compareVersions(release.version, base.version) > 0)
      for (const each of release.accepted) accepted.set(each.fingerprint, each);
  return findings.map((each) => {
    const known = accepted.get(each.fingerprint);
    if (known === undefined || each.level !== 'error' || isFinal(each)) return each;
    return lowered(each, `accepted at its release: ${known.reason}`);
  });
}
