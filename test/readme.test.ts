import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { createReader } from '@hedge-telemetry/reader';
import { describe, expect, it } from 'vitest';

import { python } from './python/interpreter.js';
import { repository, withDirectory } from './support.js';

const run = promisify(execFile);

/** Below node_modules, where the packages resolve and git does not look. */
const scratch = path.join(repository, 'test/node_modules/.scratch');

async function blocks(language: string): Promise<string[]> {
  const text = await readFile(path.join(repository, 'README.md'), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, block]) => block ?? '',
  );
}

describe('the README', () => {
  it('publishes, mirrors and reads as it says', async () => {
    await mkdir(scratch, { recursive: true });
    const folder = await mkdtemp(path.join(scratch, 'readme-'));
    try {
      await withDirectory(async (cwd) => {
        const module = path.join(folder, 'readme.mjs');
        const last = 'console.log(JSON.stringify([report.mirrored, nav.state, nav.readings.nav_total.value]));';
        await writeFile(module, [...(await blocks('ts')), last].join('\n'));
        const { stdout, stderr } = await run(process.execPath, [module], { cwd });
        expect(stderr).toBe('');
        const lines = stdout.trim().split('\n');
        expect(lines).toHaveLength(2);
        expect(lines[0]).toMatch(/^fill \[\]$/);
        expect(JSON.parse(lines[1] ?? '')).toEqual([
          ['execution/events.jsonl', 'state/nav.json', 'state/risk_snapshot.json'],
          'fresh',
          10_250.5,
        ]);
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it.skipIf(python === null)('publishes from Python as it says', async () => {
    await withDirectory(async (cwd) => {
      const env = { ...process.env, PYTHONPATH: path.join(repository, 'packages/contract-python/src') };
      const { stdout, stderr } = await run(python ?? '', ['-c', (await blocks('python')).join('\n')], { cwd, env });
      expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' });
      expect((await createReader({ dir: path.join(cwd, 'logs') }).read('nav')).value?.nav_total).toBe(10_250.5);
    });
  });

  it('names the test command that CI runs', async () => {
    expect((await blocks('sh')).join('\n')).toMatch(/^npm test\b/m);
    expect(await readFile(path.join(repository, '.ci/run'), 'utf8')).toMatch(/^npm test$/m);
  });
});
