import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../test/run-cli.js';
import { runnable } from './examples.js';
import { createProgram } from './program.js';
import { cliReference } from './reference.js';

const file = resolve(import.meta.dirname, '../../../docs/cli.md');

describe('the reference of the command line', () => {
  it('is what docs/cli.md holds; "npm run docs" mends a difference', () => {
    expect(cliReference(createProgram(() => undefined))).toBe(readFileSync(file, 'utf8'));
  });

  it('tells every command with its options and one example that the command understands', () => {
    const program = createProgram(() => undefined);
    const text = cliReference(program);
    for (const [path, command] of runnable(program)) {
      const section = text.split(`## hedge-telemetry ${path}\n`)[1]?.split('\n## ')[0] ?? '';
      expect(section, path).toContain(command.description().split(',')[0]?.split(' ').slice(0, 3).join(' '));
      for (const { long } of command.options) expect(section, path).toContain(long);
      const examples = [...section.matchAll(/^ {2}\$ hedge-telemetry (.*)$/gm)].map(([, example]) => example ?? '');
      expect(examples, path).toHaveLength(1);
      expect(() => understood(examples[0] ?? ''), path).not.toThrow();
    }
  });

  it('is what --help prints', async () => {
    const { out } = await cli(['watch', '--help']);
    expect(out).toContain('--fail-on <conditions>');
    expect(out).toMatch(/\nExample:\n {2}\$ hedge-telemetry watch logs --for 60 --fail-on error,stale\n$/);
  });
});

/** Parses a command line and runs nothing. Throws what commander finds wrong with it. */
function understood(line: string): void {
  const program = createProgram(() => undefined).exitOverride();
  const words = line.split(/ [<>|] /)[0]?.split(' ') ?? [];
  for (const [path, command] of runnable(program)) {
    command.exitOverride().configureOutput({ writeErr: () => undefined });
    command.action(() => undefined);
    if (line.startsWith(`${path} `)) expect(words.length).toBeGreaterThan(path.split(' ').length);
  }
  program.parse(words, { from: 'user' });
}
