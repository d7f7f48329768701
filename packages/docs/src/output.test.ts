import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import { generateDocs } from './generate.js';
import { planOutput, writeOutput } from './output.js';
import type { Output } from './output.js';
import { repository, withDocsCopy } from './testing.js';

let output: Output;

beforeAll(async () => {
  output = await generateDocs(repository);
});

const NAV = 'docs/surfaces/nav.md';
const read = (root: string, file: string): Promise<string> => readFile(path.join(root, file), 'utf8');

/** Rule and file of every finding. */
async function found(root: string): Promise<(readonly [string, string | null])[]> {
  return (await planOutput(root, output)).findings.map(({ rule, file }) => [rule, file] as const);
}

describe('the documentation', () => {
  it('that is committed is what the contract says', async () => {
    expect(await found(repository)).toEqual([]);
  });

  it('is the same each time it is generated', async () => {
    const again = await generateDocs(repository);
    expect(again.pages).toEqual(output.pages);
    expect([...again.files(new Map())]).toEqual([...output.files(new Map())]);
  });

  it('is listed where it is missing, changed or orphaned, and mended', async () => {
    await withDocsCopy(async (root) => {
      const before = await read(root, NAV);
      await rm(path.join(root, 'docs/rules/out-of-range.md'));
      await writeFile(path.join(root, NAV), before.replace('## <a id="facts"></a>Facts', '## Facts of mine'));
      await writeFile(
        path.join(root, 'docs/surfaces/gone.md'),
        '<!-- generated: head -->\n\nx\n\n<!-- end generated -->\n',
      );
      await writeFile(path.join(root, 'docs/schemas/gone.json'), '{}\n');
      expect(await found(root)).toEqual([
        ['docs-changed', NAV],
        ['docs-missing', 'docs/rules/out-of-range.md'],
        ['docs-orphaned', 'docs/schemas/gone.json'],
        ['docs-orphaned', 'docs/surfaces/gone.md'],
      ]);
      expect(await writeOutput(root, await planOutput(root, output))).toEqual([]);
      expect(await found(root)).toEqual([]);
      expect(await read(root, NAV)).toBe(before);
    });
  });

  it('keeps what people wrote on any page', { timeout: 120_000 }, async () => {
    await withDocsCopy(async (root) => {
      const mine = '\n\nMine: *as it was*  \n\n| not | a table\n\ttab, \u00e9, no newline at the end';
      const pages = output.pages.map(({ file }) => file);
      for (const file of pages) {
        const text = await read(root, file);
        const marker = '\n<!-- end generated -->';
        const at = text.indexOf(`${marker}\n`) + marker.length;
        await writeFile(
          path.join(root, file),
          `First line.\n\n${text.slice(0, at)}${mine}\n\n${text.slice(at)}${mine}`,
        );
      }
      const edited = new Map(await Promise.all(pages.map(async (each) => [each, await read(root, each)] as const)));
      await writeOutput(root, await planOutput(root, output));
      for (const [file, text] of edited) expect(await read(root, file), file).toBe(text);
      expect(await read(root, 'docs/llms-full.txt')).toContain('Mine: *as it was*');
    });
  });

  it('leaves a page alone of which a marker is gone, and says which line', async () => {
    await withDocsCopy(async (root) => {
      const text = (await read(root, NAV)).replace('<!-- end generated -->\n', '');
      await writeFile(path.join(root, NAV), text);
      const left = await writeOutput(root, await planOutput(root, output));
      expect(left).toMatchObject([
        { rule: 'docs-marker-broken', level: 'error', file: NAV, fix: expect.stringContaining('Put back the line') },
      ]);
      expect(left[0]?.line).toBe(text.split('\n').indexOf('<!-- generated: purpose -->') + 1);
      expect(await read(root, NAV)).toBe(text);
    });
  });

  it('never removes an orphaned page that holds prose', async () => {
    await withDocsCopy(async (root) => {
      const file = 'docs/surfaces/gone.md';
      await writeFile(path.join(root, file), '<!-- generated: head -->\n\nx\n\n<!-- end generated -->\n');
      await appendFile(path.join(root, file), '\nWhat we learnt in March.\n');
      const left = await writeOutput(root, await planOutput(root, output));
      expect(left).toMatchObject([{ rule: 'docs-orphaned', file, actual: 'a page that holds prose' }]);
      expect(await read(root, file)).toContain('What we learnt in March.');
    });
  });
});
