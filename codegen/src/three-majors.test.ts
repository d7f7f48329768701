import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { generate } from './generate.js';
import { GENERATED, writeOutput } from './output.js';
import { roundTrip } from './round-trip.js';
import { loadSource } from './source.js';
import { ask, compileCopy, copyContract, release, rename } from './testing-copy.js';
import { repository, writeStep } from './testing.js';

const THROWS = 666;
const BREAKS = 667;

let root: string;
/** The major version of nav that the repository is at; two more follow it in the copy. */
let first: number;
let typical: Record<string, unknown>;
let mismatches: readonly string[];

beforeAll(async () => {
  root = await copyContract();
  typical = (await example('valid/typical.json')) as Record<string, unknown>;
  first = await release(root, 'nav');
  await rename(root, 'state/nav', 'sources_ok', 'balances_ok', first + 1);
  await writeStep(root, 'nav', first, navStep(first, 'sources_ok', 'balances_ok'));
  await release(root, 'nav');
  await rename(root, 'state/nav', 'aum', 'assets', first + 2);
  await writeStep(root, 'nav', first + 1, navStep(first + 1, 'aum', 'assets'));
  const ledger = await release(root, 'nav_history');
  await rename(root, 'logs/nav_history', 'realized_pnl_today', 'realized_today', ledger + 1);
  await writeStep(root, 'nav_history', ledger, ledgerStep(ledger));
  const source = await loadSource(root);
  const contract = path.join(root, 'packages/contract');
  await writeOutput(contract, await generate(source, path.join(root, '.prettierrc.json')));
  mismatches = roundTrip(source.set, path.join(contract, GENERATED));
  await compileCopy(root);
}, 180_000);

afterAll(() => rm(root, { recursive: true, force: true }));

describe('the types of a surface with older major versions', () => {
  it('say what its schema says', () => {
    expect(mismatches).toEqual([]);
  });
});

describe('a document of nav, which two more major versions followed', () => {
  it.each([0, 1, 2])('is read as the newest version, tagged or not: %i majors on', async (steps) => {
    const newest = nav(2);
    const dialect = steps === 2 ? 'canonical' : `v${first + steps}`;
    const rules = steps === 2 ? [] : ['older-version'];
    const { schema: _, ...untagged } = nav(steps);
    const { schema: __, ...expected } = newest;
    const version = `${first + 2}.0.0`;
    expect(await interpreted(nav(steps))).toEqual({ dialect, version, document: newest, rules });
    expect(await interpreted(untagged)).toEqual({ dialect, version, document: expected, rules });
  });

  it('in a legacy dialect goes through every version', async () => {
    const { document } = (await example('legacy/v7.json')) as { document: unknown };
    const result = await interpreted(document);
    expect(result).toMatchObject({
      dialect: 'v7',
      version: `${first + 2}.0.0`,
      document: { balances_ok: null, assets: { total: expect.any(Number) } },
    });
    expect(result.document).not.toHaveProperty('sources_ok');
    expect(result.rules).toContain('legacy-dialect');
    expect(result.rules).not.toContain('older-version');
  });

  it('that breaks its own version says so in the words of that version', async () => {
    expect(await interpreted({ ...nav(0), sources_ok: 'yes' })).toEqual({
      dialect: `v${first}`,
      version: null,
      document: null,
      rules: ['type-mismatch /sources_ok'],
    });
  });

  it('without a tag that no version accepts is judged by the one whose keys it has', async () => {
    const { schema: _, ...untagged } = nav(0);
    expect(await interpreted({ ...untagged, sources_ok: 'yes' })).toMatchObject({
      dialect: `v${first}`,
      document: null,
      rules: ['type-mismatch /sources_ok'],
    });
  });

  it('on which a step throws gives a finding that names the step, and nothing is thrown', async () => {
    const result = await interpreted({ ...nav(0), nav_total: THROWS });
    expect(result).toEqual({ dialect: `v${first}`, version: null, document: null, rules: ['migration-failed'] });
    const { findings } = await ask<{ findings: object[] }>(
      root,
      `interpret('nav', ${JSON.stringify({ ...nav(0), nav_total: THROWS })})`,
    );
    expect(findings).toMatchObject([
      { message: `the step v${first}-to-v${first + 1} of nav failed`, actual: expect.stringContaining('no such NAV') },
    ]);
  });

  it('of which a step makes an invalid one is invalid', async () => {
    const document = { ...nav(0), nav_total: BREAKS };
    expect(await interpreted(document)).toMatchObject({
      dialect: `v${first}`,
      version: `${first + 2}.0.0`,
      document: null,
      rules: ['older-version', 'type-mismatch /balances_ok', 'type-mismatch /assets'],
    });
    expect(await ask(root, `convert('nav', ${JSON.stringify(document)}, ${first + 1})`)).toMatchObject({
      document: null,
      findings: [{ rule: 'type-mismatch', pointer: '/balances_ok' }],
    });
  });

  it('of a version that is yet to come is read as the newest one', async () => {
    expect(await interpreted({ ...nav(2), schema: `nav_v${first + 3}` })).toMatchObject({
      dialect: 'canonical',
      document: { balances_ok: true },
      rules: ['version-unknown /schema'],
    });
  });
});

describe('convert', () => {
  it.each([
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 0],
    [2, 0],
    [2, 1],
    [2, 2],
  ])('brings nav from %i majors on to %i majors on, and keeps every value', async (from, to) => {
    const result = await ask(root, `convert('nav', ${JSON.stringify(nav(from))}, ${first + to})`);
    const dialect = from === 2 ? 'canonical' : `v${first + from}`;
    expect(result).toEqual({ dialect, document: nav(to), findings: [] });
  });

  it('says which step cannot be undone', async () => {
    const line = { ts: 1_800_000_000, nav_total: 1, realized_today: 2 };
    const [older = 0] = await ask<number[]>(root, `majorsOf('nav_history')`);
    expect(await ask(root, `convert('nav_history', ${JSON.stringify(line)}, ${older})`)).toMatchObject({
      document: null,
      findings: [{ rule: 'step-not-reversible', actual: `v${older}-to-v${older + 1}` }],
    });
  });

  it('refuses a major version that does not exist', async () => {
    for (const major of [0, first + 3, 1.5])
      expect(await ask(root, `convert('nav', ${JSON.stringify(nav(0))}, ${major})`)).toMatchObject({
        document: null,
        findings: [{ rule: 'migration-failed', actual: String(major) }],
      });
  });
});

describe('the reader', () => {
  it.each([0, 1, 2])('gives the readings of the newest version, of a file %i majors on', async (steps) => {
    const file = path.join(root, 'logs/state/nav.json');
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(nav(steps)));
    expect(
      await ask(root, `createReader({ dir: 'logs', now: () => ${String(typical['updated_at'])} }).read('nav')`),
    ).toMatchObject({
      state: 'fresh',
      version: `${first + 2}.0.0`,
      value: nav(2),
      readings: { balances_ok: { state: 'fresh', value: true } },
    });
  });

  it('gives a ledger whose versions and dialects lie one after the other as one', async () => {
    const [older, newer] = await ask<number[]>(root, `majorsOf('nav_history')`);
    const line = { ts: 1_800_000_000, nav_total: 1 };
    const lines = [
      { t: 1_800_000_000, nav: 1 },
      { ...line, realized_pnl_today: 2 },
      { schema: `nav_history_v${older}`, ...line, realized_pnl_today: 3 },
      { schema: `nav_history_v${newer}`, ...line, realized_today: 4 },
      { ...line, realized_today: 5 },
    ];
    const file = path.join(root, 'logs/execution/nav_history.jsonl');
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, lines.map((each) => `${JSON.stringify(each)}\n`).join(''));
    const entries = await ask<{ dialect: string; record: object }[]>(
      root,
      `collected(createReader({ dir: 'logs' }).tail('nav_history'))`,
    );
    const dialects = ['v7', `v${older}`, `v${older}`, 'canonical', 'canonical'];
    expect(entries.map(({ dialect }) => dialect)).toEqual(dialects);
    expect(entries.map(({ record }) => record)).toMatchObject([
      line,
      { ...line, realized_today: 2 },
      { ...line, realized_today: 3 },
      { ...line, realized_today: 4 },
      { ...line, realized_today: 5 },
    ]);
  });
});

interface Interpreted {
  readonly dialect: string | null;
  readonly version: string | null;
  readonly document: unknown;
  /** Rules of the findings, with their pointers. */
  readonly rules: readonly string[];
}

async function interpreted(document: unknown): Promise<Interpreted> {
  return ask(
    root,
    `(({ dialect, version, document, findings }) => ({
    dialect, version, document, rules: findings.map(({ rule, pointer }) => [rule, pointer].filter(Boolean).join(' ')),
  }))(interpret('nav', ${JSON.stringify(document)}))`,
  );
}

function nav(steps: number): Record<string, unknown> {
  const { sources_ok, aum, ...rest } = typical;
  return {
    ...rest,
    schema: `nav_v${first + steps}`,
    [steps > 0 ? 'balances_ok' : 'sources_ok']: sources_ok,
    [steps > 1 ? 'assets' : 'aum']: aum,
  };
}

function navStep(from: number, before: string, after: string): string {
  return `import type { NavV${from} } from '../../../generated/types/nav-v${from}.js';
import type { NavV${from + 1} } from '../../../generated/types/nav-v${from + 1}.js';

export function up({ schema, ${before}, ...rest }: NavV${from}): NavV${from + 1} {
  if (rest.nav_total === ${THROWS}) throw new Error('no such NAV');
  const value = rest.nav_total === ${BREAKS} ? ('broken' as never) : ${before};
  return { ...rest, ...(schema === undefined ? {} : { schema: 'nav_v${from + 1}' as const }), ${after}: value };
}

export function down({ schema, ${after}, ...rest }: NavV${from + 1}): NavV${from} {
  return { ...rest, ...(schema === undefined ? {} : { schema: 'nav_v${from}' as const }), ${before}: ${after} };
}
`;
}

function ledgerStep(from: number): string {
  const [before, after] = [from, from + 1].map((each) => `nav_history_v${each}`);
  return `import type { NavPointV${from} } from '../../../generated/types/nav-history-v${from}.js';
import type { NavPointV${from + 1} } from '../../../generated/types/nav-history-v${from + 1}.js';

const TAGS = { ${before}: '${after}' } as const;

export function up({ schema, realized_pnl_today, ...rest }: NavPointV${from}): NavPointV${from + 1} {
  return {
    ...rest,
    ...(schema === undefined ? {} : { schema: TAGS[schema] }),
    ...(realized_pnl_today === undefined ? {} : { realized_today: realized_pnl_today }),
  };
}
`;
}

async function example(file: string): Promise<unknown> {
  return JSON.parse(await readFile(path.join(repository, 'schemas/examples/nav', file), 'utf8')) as unknown;
}
