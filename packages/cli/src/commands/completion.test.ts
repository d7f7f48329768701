import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stateNames } from '@hedge-telemetry/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../../test/run-cli.js';
import { completionModel, everyCommand } from '../completion/model.js';
import { createProgram } from '../program.js';

let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cli-completion-'));
  await mkdir(join(dir, 'the logs'));
  await writeFile(join(dir, 'the file'), '');
  for (const shell of ['bash', 'zsh', 'fish']) {
    await writeFile(join(dir, shell), (await cli(['completion', shell])).out);
  }
});

afterAll(() => rm(dir, { recursive: true, force: true }));

/** Words before the cursor, and what a shell offers there. */
const lines: [string[], string[]][] = [
  [['wat'], ['watch']],
  [
    ['show', 'nav'],
    ['nav', 'nav_state'],
  ],
  [['--json', 'show', 'nav_'], ['nav_state']],
  [['tail', '--dir', 'logs', 'ev'], ['events']],
  [
    ['watch', '--fail-on', 's'],
    ['skewed', 'stale'],
  ],
  [
    ['watch', '--f'],
    ['--fail-on', '--for'],
  ],
  [
    ['fleet', ''],
    ['mirror', 'provision', 'status'],
  ],
  [
    ['schema', 'diff', '--format', ''],
    ['github', 'json', 'sarif', 'text'],
  ],
  [['export', 'd'], ['duckdb']],
  [
    ['completion', ''],
    ['bash', 'fish', 'zsh'],
  ],
  [['serve', '--port', ''], []],
];

function has(shell: string): boolean {
  return spawnSync(shell, ['--version']).status === 0;
}

describe('completion bash', () => {
  function offered(words: readonly string[]): string[] {
    const program = `source "$0"; COMP_WORDS=(hedge-telemetry "$@"); COMP_CWORD=$#; _hedge_telemetry; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const out = execFileSync('bash', ['--norc', '-c', program, join(dir, 'bash'), ...words], {
      cwd: dir,
      encoding: 'utf8',
    });
    return out
      .split('\n')
      .filter((line) => line !== '')
      .toSorted();
  }

  it.each(lines)('offers behind %j: %j', (words, expected) => {
    expect(offered(words)).toEqual(expected);
  });

  it('offers directories where one is wanted, files where one is, with blanks in their names', () => {
    expect(offered(['check', 'the'])).toEqual(['the logs']);
    expect(offered(['show', 'nav', '--dir', 'the'])).toEqual(['the logs']);
    expect(offered(['serve', '--token-file', 'the'])).toEqual(['the file', 'the logs']);
  });

  it('understands a value behind an equals sign, which bash makes a word of its own', () => {
    expect(offered(['watch', '--fail-on', '=', 'un'])).toEqual(['undeclared', 'unreadable']);
    expect(offered(['watch', '--fail-on', '='])).toContain('stale');
    expect(offered(['tail', '--dir', '=', 'logs', 'ev'])).toEqual(['events']);
  });

  it('is registered for the program', () => {
    const out = execFileSync('bash', ['--norc', '-c', `source "$0"; complete -p hedge-telemetry`, join(dir, 'bash')]);
    expect(String(out)).toBe('complete -F _hedge_telemetry hedge-telemetry\n');
  });
});

describe.skipIf(!has('fish'))('completion fish', () => {
  it.each(lines)('offers behind %j: %j', (words, expected) => {
    const line = ['hedge-telemetry', ...words].join(' ');
    const program = `source ${join(dir, 'fish')}; complete -C '${line}'`;
    const out = execFileSync('fish', ['--no-config', '-c', program], {
      cwd: dir,
      encoding: 'utf8',
      env: { ...process.env, HOME: dir },
    });
    const found = out
      .split('\n')
      .map((each) => each.split('\t')[0] ?? '')
      .filter((each) => each !== '');
    expect(found.toSorted()).toEqual(expected);
  });
});

describe.skipIf(!has('zsh'))('completion zsh', () => {
  it.each([
    ['wat', 'watch'],
    ['show nav_', 'show nav_state'],
    ['fleet st', 'fleet status'],
    ['export d', 'export duckdb'],
    ['watch --onc', 'watch --once'],
  ])('makes of %s: %s', (begun, completed) => {
    const program = `
      zmodload zsh/zpty
      zpty shell 'zsh -f -i'
      zpty -w shell "PS1=; autoload -U compinit; compinit -u -D; source ${join(dir, 'zsh')}; print RE''ADY"
      zpty -r shell ready '*READY*'
      zpty -w -n shell $'hedge-telemetry ${begun}\\t'
      zpty -r shell line '*hedge-telemetry ${completed}*' && print done`;
    expect(execFileSync('zsh', ['-f', '-c', program], { cwd: dir, encoding: 'utf8', timeout: 30_000 })).toBe('done\n');
  });
});

describe('what is completed', () => {
  it('is every command with every option, and the names that arguments can have', () => {
    const commands = [...everyCommand(completionModel(createProgram(() => undefined)))];
    const show = commands.find(({ path }) => path.join(' ') === 'show');
    expect(show?.arguments).toEqual([{ name: 'surface', kind: 'words', words: stateNames }]);
    expect(show?.options.map(({ flags }) => flags[0])).toEqual(expect.arrayContaining(['--dir', '--json', '--help']));
    expect(commands.map(({ path }) => path.join(' '))).toEqual(expect.arrayContaining(['fleet status', 'schema diff']));
  });
});
