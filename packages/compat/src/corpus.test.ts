import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { compareSchemas, type Json } from './index.js';

interface Case {
  readonly id: string;
  readonly old: Json;
  readonly new: Json;
  readonly backward: { readonly truth: boolean | null };
  readonly forward: { readonly truth: boolean | null };
}

const here = import.meta.dirname;
const shared = process.env['TELEMETRY_CORPUS'] ?? path.resolve(here, '../../../../shared/corpus');
const folder = path.join(shared, 'compat');
const present = existsSync(folder);
const files = present ? readdirSync(folder).filter((file) => file.endsWith('.jsonl')) : ['(no corpus)'];
const explained = readFileSync(path.resolve(here, '../DISAGREEMENTS.md'), 'utf8');

describe.skipIf(!present)('the corpus of schema pairs', { timeout: 300_000 }, () => {
  it.each(files)('%s is judged without an unsound answer, and every other departure is explained', (file) => {
    const lines = readFileSync(path.join(folder, file), 'utf8').split('\n').filter(Boolean);
    let judged = 0;
    let right = 0;
    for (const line of lines) {
      const one: Case = JSON.parse(line);
      const result = compareSchemas(one.old, one.new);
      for (const direction of ['backward', 'forward'] as const) {
        const { truth } = one[direction];
        if (truth === null) continue;
        const { answer } = result[direction];
        judged += 1;
        if (answer === (truth ? 'compatible' : 'incompatible')) right += 1;
        else expect(explained, one.id).toContain(one.id);
        if (!truth) expect(answer, one.id).not.toBe('compatible');
      }
    }
    expect(right / judged).toBeGreaterThan(0.95);
  });
});
