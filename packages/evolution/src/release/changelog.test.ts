import * as prettier from 'prettier';
import { afterEach, describe, expect, it } from 'vitest';

import { commitAll, filesBelow, git, put, removeDirectories, schemaPath } from '../testing-root.js';
import { nav, next, number, release, releasedRoot, rootWith } from './testing.js';

afterEach(removeDirectories);

describe('the entry of the changelog', () => {
  const described = {
    ...next,
    'x-unit': 'USD',
    description: 'Cash | in the account,\nnot *locked* in_orders _now_ <b> [x] `y` 2 * 3 \\\\ _.',
  };
  const surfaceFacts = { invariants: [{ id: 'sum', formula: 'total >= cash', description: 'Cash is a part.' }] };

  async function entryOf(): Promise<string> {
    const root = await releasedRoot();
    git(root, 'init', '-q', '-b', 'main');
    commitAll(root);
    await put(root, {
      [schemaPath('nav')]: nav(
        { total: number, cash: described, kanji: { ...described, description: '現金 残高' } },
        { surfaceFacts },
      ),
      'schemas/examples/nav/valid/größe.json': {},
      'packages/x/src/a.test.ts': '',
      'packages/x/src/a.ts': '',
    });
    await release(root);
    return (await filesBelow(root))['CHANGELOG.md'] ?? '';
  }

  it('has the six parts of the contract, above the older entries', async () => {
    const text = await entryOf();
    const [entry = '', ...older] = text.split(/^## /m).slice(1);
    expect(older).toHaveLength(2);
    expect(older[1]).toContain('0.1.0');
    const parts = new Map(
      entry
        .split(/^### /m)
        .slice(1)
        .map((each): [string, string] => {
          const [name = '', ...lines] = each.trim().split('\n');
          return [name, lines.join('\n').trim()];
        }),
    );
    expect([...parts.keys()]).toEqual([
      'Summary',
      'Changes, file by file',
      'Tests',
      'Invariants preserved',
      'Dashboard compatibility',
      'New fields',
    ]);
    expect(entry.split('\n')[0]).toBe('nav 1.1.0');
    expect(parts.get('Summary')).toBe('nav: 2 fields added.');
    expect(parts.get('Changes, file by file')).toBe(
      '- `schemas/released/nav/1.1.0.schema.json`: nav 1.1.0, adds `/cash`, `/kanji`.',
    );
    expect(parts.get('Tests')).toBe('- `packages/x/src/a.test.ts`\n- `schemas/examples/nav/valid/größe.json`');
    expect(parts.get('Invariants preserved')).toBe('- nav: `total >= cash` (sum)');
    expect(parts.get('Dashboard compatibility')).toBe('- nav 1.1.0: compatible both ways with 1.0.0, proved.');
    expect(parts.get('New fields')).toMatch(
      /\| nav {5}\| `\/cash` {2}\| number \| USD {2}\| Cash \\\| in the account, not/,
    );
  });

  it('is laid out as prettier does it', async () => {
    const text = await entryOf();
    expect(await prettier.format(text, { parser: 'markdown', singleQuote: true, printWidth: 120 })).toBe(text);
  });

  it('takes the summary that it is given', async () => {
    const root = await rootWith();
    await release(root, { summary: 'Everything is new.' });
    expect((await filesBelow(root))['CHANGELOG.md']).toContain('### Summary\n\nEverything is new.\n');
  });
});
