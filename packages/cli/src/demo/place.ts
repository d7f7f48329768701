import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a demo keeps its files. */
export interface Place {
  readonly logs: string;
  readonly mirror: string;
  /** The files outlive the demo. */
  readonly isKept: boolean;
  dispose(): Promise<void>;
}

/** Below `dir` where it is given; else in a temporary directory that is removed in the end. */
export async function preparePlace(dir: string | undefined): Promise<Place> {
  const root = dir ?? (await mkdtemp(join(tmpdir(), 'hedge-telemetry-')));
  const logs = join(root, 'logs');
  await mkdir(logs, { recursive: true });
  const isKept = dir !== undefined;
  return {
    logs,
    mirror: join(root, 'mirror'),
    isKept,
    dispose: async () => {
      if (!isKept) await rm(root, { recursive: true, force: true });
    },
  };
}
