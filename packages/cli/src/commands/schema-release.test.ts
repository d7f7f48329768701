import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { validateWriterView } from '@hedge-telemetry/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contractCopy, edit, git, commit } from '../../test/contract-copy.js';
import { cli } from '../../test/run-cli.js';

let root: string;

beforeEach(async () => {
  root = await contractCopy();
});

afterEach(() => rm(root, { recursive: true, force: true }));

const release = (...given: string[]): ReturnType<typeof cli> => cli(['schema', 'release', '--root', root, ...given]);
const text = (file: string): Promise<string> => readFile(join(root, file), 'utf8');
const step = 'packages/contract/src/migrations/v6_runtime_probe/v1-to-v2.ts';

describe('schema release', () => {
  it('freezes every surface at 1.0.0 the first time, and nothing the second time', async () => {
    const first = await release();
    expect(first.exit).toBe(0);
    expect(first.out).toContain('nav 1.0.0\n');
    expect(first.err).toContain('npm run generate');
    const again = await release();
    expect(again).toMatchObject({ exit: 0, out: '' });
    expect(again.err).toContain('nothing changed');
  });

  it('says what it would write and writes nothing with --dry-run', async () => {
    const { exit, out } = await release('--dry-run');
    expect(exit).toBe(0);
    expect(out).toContain('would write schemas/released/nav/1.0.0.schema.json');
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  it('derives a minor version for a new field, stamps it and writes the changelog', async () => {
    await release();
    commit(root, 'release');
    const started_ts = {
      description: 'When the engine was started.',
      type: ['number', 'null'],
      'x-unit': 'epoch_s',
      'x-since': 'next',
      'x-null': 'The start is not known.',
      'x-absent': 'The writer did not report it.',
    };
    await edit(root, 'state/v6_runtime_probe.schema.json', { properties: { started_ts } });
    const { exit, out } = await release('--summary', 'The probe says when the engine was started.');
    expect(exit).toBe(0);
    expect(out).toContain('v6_runtime_probe 1.1.0');
    expect(await text('schemas/state/v6_runtime_probe.schema.json')).toContain('"x-since": "1.1.0"');
    const changelog = await text('CHANGELOG.md');
    expect(changelog).toContain(
      '## v6_runtime_probe 1.1.0\n\n### Summary\n\nThe probe says when the engine was started.',
    );
    expect(changelog).toContain('compatible both ways with 1.0.0, proved');
    expect(changelog).toMatch(/\| v6_runtime_probe \| `\/started_ts` \| number or null \| epoch_s \|/);
  });

  it('opens the next major version for a break, writes the migration, and releases when it is written', async () => {
    await release();
    const account = { description: 'Account of the executor.', type: 'string', 'x-unit': 'none', 'x-since': 'next' };
    await edit(root, 'state/v6_runtime_probe.schema.json', {
      required: ['engine_version', 'flags', 'ts', 'account'],
      properties: { account },
    });
    const opened = await release();
    expect(opened.exit).toBe(7);
    expect(opened.out).toContain(`v6_runtime_probe 1 -> 2: ${step}`);
    expect(opened.err).toContain('UNWRITTEN');
    expect(await text('schemas/state/v6_runtime_probe.schema.json')).toContain('"v6_runtime_probe_v2"');
    const stub = await text(step);
    expect(stub).toContain('account: UNWRITTEN, // required now');
    const refused = await release();
    expect(refused).toMatchObject({ exit: 7, err: expect.stringContaining('[migration-unwritten]') });
    await writeFile(join(root, step), stub.replace('UNWRITTEN', "'main'"));
    const done = await release();
    expect(done).toMatchObject({ exit: 0, out: expect.stringContaining('v6_runtime_probe 2.0.0') });
    const { exit, out } = await cli(['schema', 'diff', '--root', root, '--format', 'json']);
    const report = JSON.parse(out);
    expect(exit).toBe(0);
    expect(validateWriterView('diff_report', report)).toEqual([]);
    expect(JSON.stringify(report)).toContain('"backward":{"answer":"migrated"}');
  });

  it('refuses to release beside a frozen file that was edited', async () => {
    await release();
    await writeFile(join(root, 'schemas/released/nav/1.0.0.schema.json'), '{}\n');
    await edit(root, 'state/nav.schema.json', { description: 'Another description of the same.' });
    expect(await release()).toMatchObject({ exit: 9, err: expect.stringContaining('[released-schema-mutated]') });
  });
});
