import { bump } from '../releases/version.js';
import { diffSchemas } from './diff.js';

/**
 * The version of every working schema: the released one where nothing changed, else the one that a release would give it.
 * A break without a migration cannot be released; until it has one, the version stays in its major.
 */
export async function workingVersions(root: string): Promise<ReadonlyMap<string, string>> {
  const { surfaces } = await diffSchemas({ root, against: 'released' });
  return new Map(
    surfaces.map(({ surface, released, next, step, major }) => {
      if (next !== null && (step !== 'major' || major)) return [surface, next];
      return [surface, bump(released ?? '1.0.0', 'minor')];
    }),
  );
}
