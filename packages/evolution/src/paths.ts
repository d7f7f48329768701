import { existsSync } from 'node:fs';
import path from 'node:path';

/** Where the parts of a contract stand below its root. */
export interface ContractPaths {
  readonly schemas: string;
  readonly migrations: string;
  readonly changelog: string;
  /** The root's path below the git repository that it is in, with a trailing slash; empty where it is the repository. */
  readonly prefix: string;
}

export const MIGRATIONS = 'packages/contract/src/migrations';

/** The parts below a root: schemas/, the migrations of packages/contract, CHANGELOG.md. */
export function contractPaths(root: string): ContractPaths {
  return {
    schemas: path.join(root, 'schemas'),
    migrations: path.join(root, MIGRATIONS),
    changelog: path.join(root, 'CHANGELOG.md'),
    prefix: prefixOf(path.resolve(root)),
  };
}

function prefixOf(root: string): string {
  for (let directory = root; ; directory = path.dirname(directory)) {
    if (existsSync(path.join(directory, '.git'))) {
      const below = path.relative(directory, root).split(path.sep).join('/');
      return below === '' ? '' : `${below}/`;
    }
    if (directory === path.dirname(directory)) return '';
  }
}
