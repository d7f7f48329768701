import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensurePage, pageDir } from './page-built.js';

const SCRIPT_BUDGET = 60_000;

beforeAll(ensurePage);

describe('the built page', () => {
  it('has one script of at most 60 kB compressed', () => {
    const scripts = assets('.js');
    expect(scripts).toHaveLength(1);
    expect(gzipSync(scripts[0] ?? '', { level: 9 }).length).toBeLessThanOrEqual(SCRIPT_BUDGET);
  });

  it('has nothing inline that its policy would forbid', () => {
    const html = readFileSync(join(pageDir, 'index.html'), 'utf8');
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>|<style|\bstyle=|\bon\w+=/i);
  });

  it('never turns text into elements', () => {
    const sources = readdirSync(join(pageDir, '../page/src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => readFileSync(join(pageDir, '../page/src', name), 'utf8'));
    expect(sources.length).toBeGreaterThan(50);
    for (const source of sources) expect(source).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
  });

  it('has no source file of more than 300 lines', () => {
    for (const name of readdirSync(join(pageDir, '../page/src'), { recursive: true, encoding: 'utf8' })) {
      if (!/\.(tsx?|css)$/.test(name)) continue;
      const lines = readFileSync(join(pageDir, '../page/src', name), 'utf8').split('\n').length;
      expect(lines, name).toBeLessThanOrEqual(300);
    }
  });
});

function assets(extension: string): Buffer[] {
  return readdirSync(join(pageDir, 'assets'))
    .filter((name) => name.endsWith(extension))
    .map((name) => readFileSync(join(pageDir, 'assets', name)));
}
