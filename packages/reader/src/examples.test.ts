import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { isLedgerName, isStateName, registry } from '@hedge-telemetry/contract';
import type { SurfaceName } from '@hedge-telemetry/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReader } from './reader.js';

interface LegacyExample {
  readonly name: string;
  readonly surface: SurfaceName;
  readonly dialect: string;
  readonly document: unknown;
  readonly canonical: unknown;
}

const root = resolve(import.meta.dirname, '../../../schemas/examples');

function legacyExamples(): LegacyExample[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\/legacy\/.+\.json$/.test(file),
  );
  return files.toSorted().flatMap((file) => {
    const surface = file.split('/')[0] ?? '';
    const example = JSON.parse(readFileSync(join(root, file), 'utf8'));
    return isStateName(surface) || isLedgerName(surface) ? [{ ...example, surface, name: file }] : [];
  });
}

let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reader-legacy-'));
});

afterAll(() => rm(dir, { recursive: true, force: true }));

/** What the reader makes of the only document of the surface. */
async function readBack(surface: SurfaceName): Promise<{ dialect: string | null; value: unknown; rules: string[] }> {
  const reader = createReader({ dir, now: () => 1_764_000_000 });
  if (isStateName(surface)) {
    const { dialect, value, findings } = await reader.read(surface);
    return { dialect, value, rules: findings.map(({ rule }) => rule) };
  }
  const entries = [];
  for await (const entry of reader.tail(surface)) entries.push(entry);
  const [first] = entries;
  const rules = (first?.findings ?? []).map(({ rule }) => rule);
  return { dialect: first?.dialect ?? null, value: first?.record, rules };
}

describe('legacy files', () => {
  it.each(legacyExamples())('are read as canonical: $name', async ({ surface, dialect, document, canonical }) => {
    const file = join(dir, registry[surface].file);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${JSON.stringify(document)}\n`);
    const read = await readBack(surface);
    expect(read).toMatchObject({ dialect, value: canonical });
    expect(read.rules).toContain('legacy-dialect');
  });
});
