import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { repositoryCopy } from './repository-copy.js';
import { repository } from './support.js';

interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

const page = readFileSync(path.join(repository, 'docs/changing-a-schema.md'), 'utf8');
const MIGRATION = 'packages/contract/src/migrations/v6_runtime_probe/v1-to-v2.ts';

let copy: string;

beforeAll(() => {
  copy = repositoryCopy();
  const shim = path.join(copy, 'node_modules.bin');
  mkdirSync(shim);
  const command = path.join(shim, 'hedge-telemetry');
  writeFileSync(command, `#!/bin/sh\nexec node "${copy}/packages/cli/bin/hedge-telemetry.js" "$@"\n`);
  chmodSync(command, 0o755);
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('docs/changing-a-schema.md', () => {
  it('does what it says, from its first command to its last', { timeout: 900_000 }, () => {
    const blocks = blocksOf(page);
    expect(blocks.map(({ language }) => language)).toContain('text');
    let printed = '';
    for (const { language, text, line } of blocks) {
      const where = `the ${language} block at line ${line}`;
      if (language === 'diff') expect(run('git apply -', text), where).toBe('');
      else if (language === 'sh')
        printed = text
          .trimEnd()
          .split('\n')
          .map((command) => run(command))
          .join('');
      else if (language === 'js') printed = runModule(text);
      else if (language === 'ts') expect(readFileSync(path.join(copy, MIGRATION), 'utf8'), where).toBe(text);
      else expect(printed, where).toBe(text);
    }
    expect(readFileSync(path.join(copy, 'CHANGELOG.md'), 'utf8')).toContain('## v6_runtime_probe 2.0.0');
    expect(run('npx prettier --check CHANGELOG.md schemas packages/contract/src')).toContain('All matched files');
  });
});

function blocksOf(text: string): Block[] {
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1] ?? '',
    text: match[2] ?? '',
    line: text.slice(0, match.index).split('\n').length,
  }));
}

/** Runs a script in the copy; what it prints, both streams in order. Commands that report a break exit 7. */
function run(script: string, input = ''): string {
  const { stdout, status } = spawnSync('sh', ['-c', `{ ${script.trimEnd()}\n} 2>&1`], {
    cwd: copy,
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${copy}/node_modules.bin:${process.env['PATH'] ?? ''}`,
      GIT_AUTHOR_NAME: 'test',
      GIT_AUTHOR_EMAIL: 'test@localhost',
      GIT_COMMITTER_NAME: 'test',
      GIT_COMMITTER_EMAIL: 'test@localhost',
      NO_COLOR: '1',
    },
    input,
  });
  expect([0, 7], `${script}\n${stdout}`).toContain(status);
  return stdout;
}

/** Runs a module where the packages can be found. */
function runModule(text: string): string {
  const name = /^\/\/ (\S+\.mjs)\n/.exec(text)?.[1] ?? 'example.mjs';
  writeFileSync(path.join(copy, 'packages/cli', name), text);
  return run(`node packages/cli/${name}`);
}
