import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { SHADOW_HEAD, shadowHead, T0 } from '../test/documents.js';
import { filesBelow, makeRoots } from '../test/roots.js';
import { createSync } from './index.js';
import { includeOf } from './include.js';

describe('a pattern', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['state/equity.json', 'state/equity.json', true],
    ['state/equity.json', 'state/equity_json', false],
    ['cache', 'cache/deep/file.json', true],
    ['cache', 'cached/file.json', false],
    ['cache/', 'cache/file.json', true],
    ['*.json', 'nav_log.json', true],
    ['*.json', 'cache/nav_log.json', false],
    ['**/*.json', 'nav_log.json', true],
    ['**/*.json', 'cache/deep/nav_log.json', true],
    ['cache/**', 'cache/a/b', true],
    ['**', 'a/b/c', true],
    ['veto_exec_????.json', 'veto_exec_LINK.json', true],
    ['veto_exec_????.json', 'veto_exec_SOL.json', false],
    ['a+(b).json', 'a+(b).json', true],
  ];

  test.each(cases)('%s for %s: %s', (pattern, file, isIncluded) => {
    expect(includeOf([pattern])(file)).toBe(isIncluded);
  });

  test.each(['', '..', '../x', 'a/../../b', '/etc/passwd', 'a//b'])(
    'that leads out of the source is refused: "%s"',
    (pattern) => {
      expect(() => createSync({ ...makeRoots(), include: [pattern] })).toThrow(TypeError);
    },
  );
});

describe('a file that the contract does not know', () => {
  test('is mirrored where it is included: a document when it is whole, lines as they come, anything else as it is', async () => {
    const roots = makeRoots();
    const files = {
      'state/equity.json': '{"a":1.0}',
      'own/lines.jsonl': '{"n":1}\n[]\n{"torn',
      'own/notes.txt': 'as it is',
    };
    for (const [file, content] of Object.entries(files)) roots.put(file, content);
    const bad = roots.put('own/bad.json', '{');
    roots.put('other.json', '{}');
    roots.put(SHADOW_HEAD, shadowHead(T0));
    const sync = createSync({ ...roots, include: ['state/*', 'own'], patienceMs: 0 });
    const report = await sync.once();
    expect(report).toMatchObject({
      mirrored: ['own/lines.jsonl', 'own/notes.txt', 'state/equity.json', SHADOW_HEAD].toSorted(),
      skipped: ['own/bad.json'],
      undeclared: ['other.json'],
      lines: 2,
    });
    expect(roots.mirrored('state/equity.json').toString()).toBe('{"a":1.0}');
    expect(roots.mirrored('own/lines.jsonl').toString()).toBe('{"n":1}\n[]\n');
    expect(report.findings.find(({ rule }) => rule === 'json-syntax')).toMatchObject({ file: bad, surface: null });
    roots.put('own/notes.txt', 'as it is now');
    expect((await sync.once()).mirrored).toEqual(['own/notes.txt']);
  });

  test('is not read through a symbolic link, whatever is included', async () => {
    const roots = makeRoots();
    const outside = roots.put('../outside/secret.json', '{}');
    symlinkSync(outside, join(roots.from, 'secret.json'));
    symlinkSync(join(outside, '..'), join(roots.from, 'directory'));
    const report = await createSync({ ...roots, include: ['**'] }).once();
    expect(report).toMatchObject({ mirrored: [], undeclared: ['directory', 'secret.json'] });
    expect(filesBelow(roots.to)).toEqual([]);
  });

  test('is not looked for in the mirror, where that lies below the source', async () => {
    const roots = makeRoots();
    const { from } = roots;
    roots.put('state/equity.json', '{}');
    const to = join(from, 'mirror');
    const sync = createSync({ from, to, include: ['**'] });
    for (const report of [await sync.once(), await sync.once()]) expect(report.undeclared).toEqual([]);
    expect(filesBelow(to)).toEqual(['state/equity.json']);
  });
});

describe('a directory of the source', () => {
  test('that is a symbolic link out of it is reported, and nothing in it is mirrored', async () => {
    const roots = makeRoots();
    roots.put('../elsewhere/pipeline_v6_shadow_head.json', shadowHead(T0));
    rmSync(join(roots.from, 'state'), { recursive: true });
    symlinkSync('../elsewhere', join(roots.from, 'state'));
    const report = await createSync(roots).once();
    expect(report.findings.map(({ rule, file }) => [rule, file])).toEqual([
      ['file-unreadable', join(roots.from, 'state')],
    ]);
    expect(report.skipped).toContain(SHADOW_HEAD);
    expect(filesBelow(roots.to)).toEqual([]);
  });

  test('that is a symbolic link within it is followed', async () => {
    const roots = makeRoots();
    roots.put('real/pipeline_v6_shadow_head.json', shadowHead(T0));
    rmSync(join(roots.from, 'state'), { recursive: true });
    symlinkSync('real', join(roots.from, 'state'));
    expect((await createSync(roots).once()).mirrored).toEqual([SHADOW_HEAD]);
  });

  test('that is the mirror itself is not mirrored', async () => {
    const { from } = makeRoots();
    const report = await createSync({ from, to: from }).once();
    expect(report).toMatchObject({ ok: false, mirrored: [] });
    expect(report.findings[0]).toMatchObject({ rule: 'file-unreadable', actual: 'the mirror itself' });
  });
});
