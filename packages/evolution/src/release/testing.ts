import { diffSchemas } from '../diff/diff.js';
import { directoryWith, filesBelow, put, schemaPath, stateSchema } from '../testing-root.js';
import type { Schema } from '../tree/load.js';
import { releaseSchemas } from './release.js';
import type { ReleaseOptions, ReleaseReport } from './report.js';

export const TODAY: string = '2031-03-01';
export const INDEX: string = 'schemas/released/index.json';
export const STEP: string = 'packages/contract/src/migrations/nav/v1-to-v2.ts';
export const number: Schema = { type: 'number', 'x-since': '1.0.0' };
export const next: Schema = { type: 'number', 'x-since': 'next' };
export function nav(properties: Record<string, Schema>, extra?: Schema): Schema {
  return stateSchema('nav', properties, extra);
}

export async function rootWith(files: Record<string, unknown> = {}): Promise<string> {
  return directoryWith({
    'CHANGELOG.md': '# Changelog\n\nNewest first.\n\n## 0.1.0\n\n- Add everything.\n',
    [schemaPath('nav')]: nav({ total: number }),
    [schemaPath('risk')]: stateSchema('risk', { limit: number }),
    ...files,
  });
}

/** A root in which nav and risk are released as 1.0.0. */
export async function releasedRoot(files?: Record<string, unknown>): Promise<string> {
  const root = await rootWith(files);
  const { outcome } = await release(root);
  if (outcome !== 'released') throw new Error(`the first release was ${outcome}`);
  return root;
}

export async function release(root: string, options: Partial<ReleaseOptions> = {}): Promise<ReleaseReport> {
  return releaseSchemas({ root, today: TODAY, ...options });
}

export async function jsonOf(root: string, file: string): Promise<unknown> {
  return JSON.parse((await filesBelow(root))[file] ?? 'null');
}

/** Puts a breaking schema of nav and exempts every error that it makes. */
export async function exempted(root: string, schema: Schema): Promise<string[]> {
  await put(root, { [schemaPath('nav')]: schema });
  const { findings } = await diffSchemas({ root, against: 'released', today: TODAY });
  const fingerprints = findings.filter(({ level }) => level === 'error').map(({ fingerprint }) => fingerprint);
  await put(root, {
    'schemas/exemptions.json': fingerprints.map((fingerprint) => ({
      fingerprint,
      reason: 'Nobody ever read the key, which the search over all readers shows.',
      affects: 'nobody',
      expires: '2031-05-01',
    })),
  });
  return fingerprints;
}
