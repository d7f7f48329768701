import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import { stateNames } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';

import { python, pythonEnvironment } from './python/interpreter.js';
import { repository, withDirectory } from './support.js';

const run = promisify(execFile);
const cli = path.join(repository, 'packages/cli/bin/hedge-telemetry.js');
/** Gives a program a terminal of its own. */
const SCRIPT = '/usr/bin/script';
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

function init(project: string, ...options: string[]): { readonly [file: string]: string } {
  const out = execFileSync(process.execPath, [cli, '--json', 'init', project, ...options], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { files } = JSON.parse(out) as { files: { file: string; outcome: string }[] };
  return Object.fromEntries(files.map(({ file, outcome }) => [path.relative(project, file), outcome]));
}

describe('init', () => {
  it('sets up a project that installs the packed packages, writes what the contract wants, and reads it', async () => {
    await withDirectory(async (directory) => {
      const tarballs = path.join(directory, 'tarballs');
      await run(process.execPath, [path.join(repository, 'pack.mjs'), tarballs, 'contract', 'writer', 'reader']);
      const project = path.join(directory, 'project');
      mkdirSync(project);
      writeFileSync(path.join(project, 'package.json'), '{ "name": "project", "private": true, "type": "module" }\n');
      expect(init(project, '--yes')).toMatchObject({
        'telemetry/publish.mjs': 'written',
        'telemetry/read.mjs': 'written',
        '.github/workflows/telemetry.yml': 'written',
        '.vscode/settings.json': 'written',
      });
      const packed = readdirSync(tarballs).map((name) => path.join(tarballs, name));
      await run(npm, ['install', '--offline', '--no-audit', '--no-fund', ...packed], { cwd: project });
      await run(process.execPath, ['telemetry/publish.mjs'], { cwd: project });
      const { stdout, stderr } = await run(process.execPath, ['telemetry/read.mjs'], { cwd: project });
      expect(stdout).toMatch(/^NAV: 10250.5 USD \(fresh, age [\d.]+ s\)\n\S+ fill BTCUSDT\n$/);
      expect(stderr).toBe('');
      const checked = await run(process.execPath, [cli, 'check', path.join(project, 'logs')]);
      expect(checked.stdout).toContain('state/nav.json');
    });
  });

  it.skipIf(python === null)('sets up an executor in Python whose files the contract accepts', async () => {
    await withDirectory(async (project) => {
      expect(init(project, '--yes', '--role', 'writer', '--language', 'python')).toHaveProperty('telemetry/publish.py');
      await run(python ?? '', ['telemetry/publish.py'], { cwd: project, env: pythonEnvironment });
      const { stdout } = await run(process.execPath, [cli, 'check', path.join(project, 'logs')]);
      expect(stdout).toContain('execution/events.jsonl');
    });
  });

  it('overwrites nothing, and adds to the settings of the editor what they lack', async () => {
    await withDirectory(async (project) => {
      mkdirSync(path.join(project, '.vscode'));
      mkdirSync(path.join(project, 'telemetry'));
      writeFileSync(path.join(project, '.vscode/settings.json'), '{ "editor.tabSize": 2, "json.schemas": [] }');
      writeFileSync(path.join(project, 'telemetry/read.mjs'), '// mine\n');
      const files = init(project, '--yes', '--role', 'reader', '--logs', 'var/logs');
      expect(files).toMatchObject({ 'telemetry/read.mjs': 'kept', '.vscode/settings.json': 'written' });
      expect(readFileSync(path.join(project, 'telemetry/read.mjs'), 'utf8')).toBe('// mine\n');
      expect(existsSync(path.join(project, 'telemetry/publish.mjs'))).toBe(false);
      const settings = JSON.parse(readFileSync(path.join(project, '.vscode/settings.json'), 'utf8')) as {
        'editor.tabSize': number;
        'json.schemas': { fileMatch: string[]; url: string }[];
      };
      expect(settings['editor.tabSize']).toBe(2);
      expect(settings['json.schemas'].flatMap(({ fileMatch }) => fileMatch).toSorted()).toEqual(
        stateNames.map((name) => `/var/logs/state/${name}.json`).toSorted(),
      );
      for (const { url } of settings['json.schemas']) expect(existsSync(path.join(project, url)), url).toBe(true);
      expect(init(project, '--yes', '--role', 'reader', '--logs', 'var/logs')).toMatchObject({
        '.vscode/settings.json': 'unchanged',
        '.github/workflows/telemetry.yml': 'unchanged',
      });
    });
  });

  it('leaves settings with comments alone, and says what to do', async () => {
    await withDirectory(async (project) => {
      mkdirSync(path.join(project, '.vscode'));
      writeFileSync(path.join(project, '.vscode/settings.json'), '{ // mine\n}');
      expect(init(project, '--yes')).toMatchObject({ '.vscode/settings.json': 'kept' });
      expect(readFileSync(path.join(project, '.vscode/settings.json'), 'utf8')).toBe('{ // mine\n}');
    });
  });

  it.skipIf(!existsSync(SCRIPT))(
    'asks on a terminal, and writes nothing where the questions are broken off',
    async () => {
      await withDirectory(async (project) => {
        const asked = (keys: string): string =>
          spawnSync(SCRIPT, ['-qec', `"${process.execPath}" "${cli}" init --logs logs "${project}"`, '/dev/null'], {
            encoding: 'utf8',
            input: keys,
          }).stdout;
        expect(asked('\u0004')).toMatch(
          /What does this project do with telemetry\?[^]*broken off; nothing was written/,
        );
        expect(readdirSync(project)).toEqual([]);
        expect(asked('reader\n')).toContain('written telemetry/read.mjs');
        expect(existsSync(path.join(project, 'telemetry/publish.mjs'))).toBe(false);
      });
    },
  );

  it.each([
    [[], 'nobody can be asked here'],
    [['--yes', '--logs', '../outside'], 'not below the project'],
    [['--yes', '--role', 'owner'], "argument 'owner' is invalid"],
  ])('refuses %j and writes nothing', async (options, message) => {
    await withDirectory(async (project) => {
      const { status, stderr } = await run(process.execPath, [cli, 'init', project, ...options]).then(
        () => ({ status: 0, stderr: '' }),
        (error: { code: number; stderr: string }) => ({ status: error.code, stderr: error.stderr }),
      );
      expect(status).toBe(2);
      expect(stderr).toContain(message);
      expect(readdirSync(project)).toEqual([]);
    });
  });
});
