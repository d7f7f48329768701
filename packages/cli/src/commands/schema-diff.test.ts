import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { validateWriterView } from '@hedge-telemetry/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commit, contractCopy, edit, git } from '../../test/contract-copy.js';
import { cli } from '../../test/run-cli.js';

let root: string;

beforeEach(async () => {
  root = await contractCopy();
});

afterEach(() => rm(root, { recursive: true, force: true }));

const release = (): Promise<unknown> => cli(['schema', 'release', '--root', root]);
const diff = (...given: string[]): ReturnType<typeof cli> => cli(['schema', 'diff', '--root', root, ...given]);
const narrow = (): Promise<void> => edit(root, 'state/nav.schema.json', { properties: { nav_total: { minimum: 0 } } });

describe('schema diff', () => {
  it('exits 2 where nothing was ever released', async () => {
    const { exit, err } = await diff();
    expect(exit).toBe(2);
    expect(err).toContain('nothing was compared');
    expect(err).toContain('hedge-telemetry schema release');
  });

  it('exits 0 and names nothing where nothing changed', async () => {
    await release();
    const { exit, out, err } = await diff();
    expect({ exit, out }).toEqual({ exit: 0, out: '' });
    expect(err).toContain('3 surfaces against all released versions: compatible');
  });

  it('shows a break with its witness, line and fix, and exits 7', async () => {
    await release();
    await narrow();
    const { exit, out, err } = await diff('nav');
    expect(exit).toBe(7);
    expect(out).toContain('nav: major, 1.0.0 -> 2.0.0 (against 1.0.0 backward incompatible, forward compatible)');
    expect(out).toMatch(/schemas\/state\/nav\.schema\.json:\d+:\d+ /);
    expect(out).toContain('[minimum-added]');
    expect(out).toMatch(/witness.*"nav_total":-/);
    expect(out).toContain('fix:');
    expect(err).toContain('1 surface against all released versions: 1 error');
  });

  it('gives the same as JSON', async () => {
    await release();
    await narrow();
    const report = JSON.parse((await diff('nav', '--format', 'json')).out);
    expect(report).toMatchObject({
      against: 'released',
      outcome: 'incompatible',
      surfaces: [
        {
          surface: 'nav',
          released: '1.0.0',
          next: '2.0.0',
          step: 'major',
          comparisons: [{ base: '1.0.0', backward: { answer: 'incompatible' }, forward: { answer: 'compatible' } }],
        },
      ],
      findings: [{ rule: 'minimum-added', level: 'error', file: 'schemas/state/nav.schema.json' }],
    });
    expect(report.surfaces[0].comparisons[0].backward.witness.nav_total).toBeLessThan(0);
    expect(validateWriterView('diff_report', report)).toEqual([]);
  });

  it('annotates the line for GitHub, and writes SARIF', async () => {
    await release();
    await narrow();
    const annotation = (await diff('--format', 'github')).out;
    expect(annotation).toMatch(
      /^::error file=schemas\/state\/nav\.schema\.json,line=\d+,col=\d+,title=[^\n]*\[minimum-added\]::/,
    );
    const sarif = JSON.parse((await diff('--format', 'sarif')).out);
    expect(sarif.runs[0].results).toMatchObject([{ ruleId: 'minimum-added', level: 'error' }]);
    const rules: { id: string }[] = sarif.runs[0].tool.driver.rules;
    expect(rules.map(({ id }) => id)).toContain('minimum-added');
  });

  it('compares with a git ref, and exits 2 with the command to type for one that is not there', async () => {
    await narrow();
    expect((await diff('--against', 'main')).exit).toBe(7);
    commit(root, 'narrow');
    expect((await diff('--against', 'main')).exit).toBe(0);
    expect((await diff('--against', 'main~1')).exit).toBe(7);
    git(root, 'remote', 'add', 'origin', join(root, 'elsewhere'));
    const { exit, err } = await diff('--against', 'origin/gone');
    expect(exit).toBe(2);
    expect(err).toContain('git fetch --no-tags origin +refs/heads/gone:refs/remotes/origin/gone');
  });

  it('exits 8 where it cannot be told', async () => {
    await release();
    const noted = (pattern: string): Promise<void> =>
      edit(root, 'state/nav.schema.json', {
        $defs: { OffexchangeHolding: { properties: { note: { type: 'string', pattern } } } },
      });
    await noted(String.raw`^(a+)\1$`);
    await release();
    await noted(String.raw`^(b+)\1$`);
    const { exit, out } = await diff('nav');
    expect(out).toContain('undecided');
    expect(exit).toBe(8);
  });

  it('exits 9 where a released file was edited', async () => {
    await release();
    await appendFile(join(root, 'schemas/released/nav/1.0.0.schema.json'), ' ');
    const { exit, out } = await diff();
    expect(exit).toBe(9);
    expect(out).toContain('[released-schema-mutated]');
  });

  it('takes an exemption, and exits 9 when it has expired or covers nothing', async () => {
    await release();
    await narrow();
    const [{ fingerprint }] = JSON.parse((await diff('--format', 'json')).out).findings;
    const exempt = (change: object): Promise<void> =>
      writeFile(
        join(root, 'schemas/exemptions.json'),
        JSON.stringify([
          {
            fingerprint,
            reason: 'NAV was never negative: the executor stops at a margin call, see its ledger.',
            affects: 'nobody',
            expires: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
            ...change,
          },
        ]),
      );
    await exempt({});
    expect((await diff()).exit).toBe(0);
    await exempt({ expires: '2026-01-01' });
    expect(await diff()).toMatchObject({ exit: 9, out: expect.stringContaining('[exemption-expired]') });
    await exempt({ fingerprint: '0123456789abcdef' });
    expect(await diff()).toMatchObject({ exit: 9, out: expect.stringContaining('[exemption-unused]') });
  });

  it('exits 2 for a surface that does not exist and for a directory without schemas', async () => {
    await release();
    expect(await diff('nope')).toMatchObject({ exit: 2, err: expect.stringContaining('no surface called nope') });
    expect((await cli(['schema', 'diff', '--root', join(root, 'schemas/state')])).exit).toBe(2);
  });
});
