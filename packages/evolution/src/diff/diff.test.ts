import { afterEach, describe, expect, it } from 'vitest';

import type { EvolutionFinding } from '../finding.js';
import { sha256 } from '../releases/releases.js';
import { commitAll, directoryWith, git, put, removeDirectories, schemaPath, stateSchema } from '../testing-root.js';
import { UnreadableRef } from '../tree/git.js';
import type { Schema } from '../tree/load.js';
import { diffSchemas } from './diff.js';
import { workingVersions } from './working-versions.js';

afterEach(removeDirectories);

const number: Schema = { type: 'number' };
const nav = (properties: Record<string, Schema>, extra?: Schema): Schema => stateSchema('nav', properties, extra);

type Accepted = Pick<EvolutionFinding, 'fingerprint' | 'rule'>;

/** A root whose nav was released in these versions, and stands as the last one says. */
async function released(
  versions: readonly (readonly [version: string, schema: Schema, accepted?: readonly Accepted[]])[],
  now: Schema | null,
): Promise<string> {
  const text = (schema: Schema): string => `${JSON.stringify(schema, null, 2)}\n`;
  const index = versions.map(([version, schema, accepted = []]) => ({
    version,
    sha256: sha256(text(schema)),
    dialects: [],
    accepted: accepted.map(({ fingerprint, rule }) => ({ fingerprint, rule, reason: 'Agreed.', affects: 'nobody' })),
  }));
  const files = versions.map(([version, schema]) => [`schemas/released/nav/${version}.schema.json`, text(schema)]);
  return directoryWith({
    'schemas/common.schema.json': { $id: 'https://example.invalid/schemas/common.schema.json', $defs: {} },
    ...(versions.length === 0 ? {} : { 'schemas/released/index.json': { nav: index } }),
    ...Object.fromEntries(files),
    ...(now === null ? {} : { [schemaPath('nav')]: now }),
  });
}

function errors({ findings }: { findings: readonly EvolutionFinding[] }): string[] {
  return findings.filter(({ level }) => level === 'error').map(({ rule }) => rule);
}

const against = (root: string, ref = 'released'): ReturnType<typeof diffSchemas> => diffSchemas({ root, against: ref });

describe('a comparison with the releases', () => {
  it('compares nothing before the first one', async () => {
    const root = await released([], nav({ total: number }));
    expect(await against(root)).toMatchObject({
      outcome: 'nothing-compared',
      surfaces: [{ step: 'first', next: '1.0.0', released: null }],
      findings: [{ rule: 'surface-added' }],
    });
  });

  it('says nothing where nothing changed', async () => {
    const schema = nav({ total: number });
    expect(await against(await released([['1.0.0', schema]], schema))).toMatchObject({
      outcome: 'compatible',
      findings: [],
      surfaces: [{ step: 'none', next: '1.0.0' }],
    });
  });

  it('compares nothing where the surface asked for does not exist', async () => {
    const root = await released([['1.0.0', nav({})]], nav({}));
    expect(await diffSchemas({ root, against: 'released', surface: 'navy' })).toMatchObject({
      outcome: 'nothing-compared',
      surfaces: [],
    });
  });

  it('misses a surface that is gone', async () => {
    const root = await released([['1.0.0', nav({})]], null);
    const diff = await against(root);
    expect(diff.outcome).toBe('incompatible');
    expect(diff.findings).toMatchObject([
      { rule: 'surface-removed', message: 'nav, which stands in 1.0.0, has no schema any more' },
    ]);
  });

  it('points at the line of the schema', async () => {
    const root = await released(
      [['1.0.0', nav({ total: { ...number, 'x-unit': 'USD' } })]],
      nav({ total: { ...number, 'x-unit': 's' } }),
    );
    const [finding] = (await against(root)).findings;
    const lines = JSON.stringify(nav({ total: { ...number, 'x-unit': 's' } }), null, 2).split('\n');
    expect(finding).toMatchObject({ file: schemaPath('nav'), pointer: '/properties/total/x-unit' });
    expect(lines[(finding?.line ?? 0) - 1]).toContain('"x-unit": "s"');
  });
});

describe('a break with an older release than the last', () => {
  const first = nav({ total: number, note: { type: 'string' } });
  const second = nav({ total: number });
  const third = nav({ total: number, note: number });
  const removed = async (): Promise<Accepted[]> => {
    const { findings } = await against(await released([['1.0.0', first]], second));
    return findings.filter(({ rule }) => rule === 'key-removed');
  };

  it('is found, and makes the step a major one', async () => {
    const accepted = await removed();
    const diff = await against(
      await released(
        [
          ['1.0.0', first],
          ['1.1.0', second, accepted],
        ],
        third,
      ),
    );
    expect(errors(diff)).toContain('type-changed');
    expect(diff).toMatchObject({
      outcome: 'incompatible',
      surfaces: [{ step: 'major', next: '2.0.0', released: '1.1.0' }],
    });
    expect(diff.surfaces[0]?.comparisons.map(({ base, step }) => [base, step])).toEqual([
      ['1.0.0', 'major'],
      ['1.1.0', 'minor'],
    ]);
  });

  it('counts against a git ref too', async () => {
    const root = await released(
      [
        ['1.0.0', first],
        ['1.1.0', second, await removed()],
      ],
      second,
    );
    git(root, 'init', '-q', '-b', 'main');
    commitAll(root);
    await put(root, { [schemaPath('nav')]: third });
    const diff = await against(root, 'main');
    expect(diff).toMatchObject({ outcome: 'compatible', surfaces: [{ step: 'major', next: '2.0.0' }] });
  });

  it('stays accepted for the older ones only', async () => {
    const accepted = await removed();
    expect(accepted).toHaveLength(1);
    const quiet = await against(
      await released(
        [
          ['1.0.0', first],
          ['1.1.0', second, accepted],
        ],
        second,
      ),
    );
    expect(quiet).toMatchObject({ outcome: 'compatible', surfaces: [{ step: 'none' }] });
    const again = await against(
      await released(
        [
          ['1.0.0', first],
          ['1.1.0', second, accepted],
          ['1.2.0', first],
        ],
        second,
      ),
    );
    expect(again).toMatchObject({ outcome: 'incompatible', surfaces: [{ step: 'major' }] });
    expect(errors(again)).toEqual(['key-removed']);
  });

  it('is not accepted where nothing can be', async () => {
    const undecided = nav({ total: { type: 'string', pattern: '^(a+)b\\1$' } });
    const next = nav({ total: { type: 'string', pattern: '^(a+)c?\\1$' } });
    const { findings } = await against(await released([['1.0.0', undecided]], next));
    const root = await released(
      [
        ['1.0.0', undecided],
        ['1.1.0', next, findings],
      ],
      next,
    );
    expect((await against(root)).outcome).toBe('undecided');
  });
});

describe('what cannot be trusted', () => {
  const schema = nav({ total: number });

  it('is a frozen file that was edited', async () => {
    const root = await released([['1.0.0', schema]], schema);
    await put(root, { 'schemas/released/nav/1.0.0.schema.json': nav({}) });
    const diff = await against(root);
    expect(diff.outcome).toBe('untrusted');
    expect(diff.findings[0]).toMatchObject({
      rule: 'released-schema-mutated',
      message: 'schemas/released/nav/1.0.0.schema.json is edited',
    });
  });

  it('is a file that nobody released', async () => {
    const root = await released([['1.0.0', schema]], schema);
    await put(root, { 'schemas/released/nav/1.1.0.schema.json': schema });
    const { outcome, findings } = await against(root);
    expect(outcome).toBe('untrusted');
    expect(findings[0]?.message).toBe('schemas/released/nav/1.1.0.schema.json is not in the index');
    expect(findings[0]?.fix).toMatch(/^Remove the file/);
  });

  it('is a file of exemptions that is none', async () => {
    const root = await released([['1.0.0', schema]], schema);
    await put(root, { 'schemas/exemptions.json': '{}' });
    expect((await against(root)).outcome).toBe('untrusted');
  });

  it('is an entry of the index that another commit holds otherwise', async () => {
    const root = await released(
      [
        ['1.0.0', schema],
        ['1.1.0', schema],
      ],
      schema,
    );
    git(root, 'init', '-q', '-b', 'main');
    commitAll(root);
    expect((await against(root, 'main')).outcome).toBe('compatible');
    const changed = await released(
      [
        ['1.0.0', nav({})],
        ['1.1.0', schema],
      ],
      schema,
    );
    const gone = await released([['1.1.0', schema]], schema);
    const behind = await released([['1.0.0', schema]], schema);
    for (const [other, outcome] of [
      [changed, 'untrusted'],
      [gone, 'untrusted'],
      [behind, 'compatible'],
    ] as const) {
      git(other, 'init', '-q', '-b', 'main');
      git(other, 'fetch', '-q', `file://${root}`, 'main:refs/heads/base');
      expect((await against(other, 'base')).outcome).toBe(outcome);
    }
  });
});

describe('a comparison with a git ref', () => {
  it('reads a root below the root of the repository', async () => {
    const whole = await directoryWith({
      [`inner/${schemaPath('nav')}`]: nav({ total: number }),
      'schemas/state/x.schema.json': '{',
    });
    git(whole, 'init', '-q', '-b', 'main');
    const commit = commitAll(whole);
    git(whole, 'tag', 'v1');
    await put(whole, { [`inner/${schemaPath('nav')}`]: nav({}) });
    for (const ref of ['main', 'v1', commit]) {
      const diff = await against(`${whole}/inner`, ref);
      expect(errors(diff)).toEqual(['key-removed']);
      expect(diff.findings[0]?.message).toContain(`/total of ${ref} is gone`);
    }
  });

  it('compares nothing where the ref has no schemas', async () => {
    const root = await directoryWith({ 'readme.md': '' });
    git(root, 'init', '-q', '-b', 'main');
    commitAll(root);
    await put(root, { [schemaPath('nav')]: nav({}) });
    expect((await against(root, 'main')).outcome).toBe('nothing-compared');
  });

  it.each([
    ['no JSON', '{'],
    ['a reference that leads nowhere', { ...nav({}), items: { $ref: '#/$defs/Nowhere' } }],
  ])('says that the schemas there are broken by %s', async (_, broken) => {
    const root = await directoryWith({ [schemaPath('nav')]: broken });
    git(root, 'init', '-q', '-b', 'main');
    commitAll(root);
    await put(root, { [schemaPath('nav')]: nav({}) });
    await expect(against(root, 'main')).rejects.toThrow(UnreadableRef);
    await expect(against(root, 'main')).rejects.toThrow(/^the schemas of main are broken: schemas\/state\/nav/);
  });

  it('does not take a tag that is called like a version for a release', async () => {
    const root = await released([['1.0.0', nav({ a: number })]], nav({ a: number }));
    git(root, 'init', '-q', '-b', 'main');
    commitAll(root);
    git(root, 'tag', '1.0.0');
    await put(root, { [schemaPath('nav')]: nav({ a: number, b: number }) });
    expect(await against(root, '1.0.0')).toMatchObject({ surfaces: [{ step: 'minor', next: '1.1.0' }] });
  });
});

describe('the version of a working schema', () => {
  it('is the next one, and stays in its major as long as there is no migration', async () => {
    const first = nav({ total: number });
    const versionOf = async (now: Schema): Promise<string | undefined> =>
      (await workingVersions(await released([['1.0.0', first]], now))).get('nav');
    expect(await versionOf(first)).toBe('1.0.0');
    expect(await versionOf({ ...first, description: 'D' })).toBe('1.0.1');
    expect(await versionOf(nav({ total: number, other: number }))).toBe('1.1.0');
    expect(await versionOf(nav({}))).toBe('1.1.0');
    expect((await workingVersions(await released([], first))).get('nav')).toBe('1.0.0');
  });
});
