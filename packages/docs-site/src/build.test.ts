import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { built, copyOfFixture, fixture, removeSites, repositoryDocs } from '../test/pages.js';
import type { TestSite } from '../test/pages.js';
import { brokenLinks } from '../test/references.js';

afterAll(removeSites);

/** The pages and findings of the fixture with one more page. */
function withPage(text: string): TestSite {
  const docs = copyOfFixture();
  writeFileSync(path.join(docs, 'added.md'), text);
  return built(docs);
}

/** What stands in the article of the added page. */
function article(text: string): string {
  return /<article>([\s\S]*)<\/article>/.exec(withPage(text).read('added.html'))?.[1] ?? '';
}

describe('a site', () => {
  const site = built(fixture);

  it('has an HTML page for every page of Markdown, and the other files as they are', () => {
    expect(site.findings).toEqual([]);
    const expected = readdirSync(fixture, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md') && !file.startsWith('llms'))
      .map((file) => file.replace('README.md', 'index.html').replace(/\.md$/, '.html'));
    for (const page of expected) expect(site.files).toContain(page);
    expect(site.files).not.toContain('llms-full.html');
    for (const file of ['llms.txt', 'llms-full.md', 'catalog.json', 'schemas/state/nav.schema.json', 'mirror.md'])
      expect(site.read(file)).toBe(readFileSync(path.join(fixture, file), 'utf8'));
  });

  it('is the same, byte for byte, when it is built again', () => {
    const again = built(fixture);
    expect(again.files).toEqual(site.files);
    for (const file of site.files) expect(again.read(file), file).toBe(site.read(file));
  });

  it('names no directory of the machine that built it', () => {
    for (const file of site.files) expect(site.read(file)).not.toContain(path.dirname(fixture));
  });

  it('shows no comment and no anchor as text, but in code', () => {
    for (const file of site.files.filter((each) => each.endsWith('.html'))) {
      expect(site.read(file)).not.toMatch(/<!--|end generated/);
      const shown = site.read(file).replace(/<code>[\s\S]*?<\/code>/g, '');
      expect(shown).not.toContain('&lt;a id');
    }
    expect(site.read('mirror.html')).toContain('&lt;a id=&quot;code&quot;&gt;&lt;/a&gt; stays text in code');
  });

  it('gives headings and rows the ids of their anchors', () => {
    const page = site.read('surfaces/risk_snapshot.html');
    expect(page).toContain('<h2 id="runbook">Runbook</h2>');
    expect(page).toContain('<tr id="field-dd_frac">');
    expect(page).toContain('<tr id="field-symbols.*.vol_pct">');
  });

  it('leads from page to page, and to the place in it', () => {
    const page = site.read('surfaces/risk_snapshot.html');
    expect(page).toContain('href="../rules/out-of-range.html#fix"');
    expect(page).toContain('href="../mirror.html"');
    expect(site.read('index.html')).toContain('href="rules/index.html"');
    expect(site.read('rules/out-of-range.html')).toContain('href="../surfaces/risk_snapshot.html#field-dd_frac"');
  });

  it('names the file instead of linking to it where it is in the repository and not published', () => {
    expect(site.read('mirror.html')).toContain('<span class="unlinked">licence</span> (<code>LICENSE</code>)');
  });

  it('has no inline style or script, and loads nothing from elsewhere', () => {
    for (const file of site.files.filter((each) => each.endsWith('.html'))) {
      const page = site.read(file);
      expect(page).not.toMatch(/\sstyle=|<style|\son[a-z]+=/);
      expect(page.match(/<script[^>]*>/g)).toEqual([expect.stringMatching(/^<script src="[./a-z]*site\.js" defer>$/)]);
      expect(page.match(/(?:src|<link[^>]*href)="https?:/g)).toBeNull();
    }
    expect(site.read('site.css')).not.toMatch(/url\(|@import/);
  });
});

describe.each([
  ['the fixture', fixture],
  ['this repository', repositoryDocs],
])('of %s', (_name, docs) => {
  const site = built(docs);

  it('the build finds no fault', () => {
    expect(site.findings).toEqual([]);
  });

  it('every link and every anchor of every page resolves', () => {
    expect(brokenLinks(site.dir)).toEqual([]);
  });
});

describe('a link', () => {
  it.each([
    ['[x](gone.md)', 'docs-link-broken', 'gone.md'],
    ['[x](surfaces/)', 'docs-link-broken', 'surfaces/'],
    ['[x](/etc/passwd)', 'docs-link-broken', '/etc/passwd'],
    ['[x](../gone.txt)', 'docs-link-broken', '../gone.txt'],
    ['[x](mirror.md?q)', 'docs-link-broken', 'mirror.md?q'],
    ['[x](%ff.md)', 'docs-link-broken', '%ff.md'],
    ['[x](mirror.md#gone)', 'docs-anchor-missing', 'mirror.md#gone'],
    ['[x](#gone)', 'docs-anchor-missing', '#gone'],
    ['[x](http://plain.example/)', 'docs-link-refused', 'http://plain.example/'],
    ['[x](//other.example/)', 'docs-link-refused', '//other.example/'],
    ['[x](mailto:a@b.example)', 'docs-link-refused', 'mailto:a@b.example'],
    ['![x](gone.png)', 'docs-link-broken', 'gone.png'],
    ['![x](catalog.json)', 'docs-link-broken', 'catalog.json'],
    ['![x](https://other.example/x.png)', 'docs-link-refused', 'https://other.example/x.png'],
    ['[![x](https://other.example/x.png)](mirror.md)', 'docs-link-refused', 'https://other.example/x.png'],
  ])('%s is a finding and no link', (markdown, rule, actual) => {
    const { findings, read } = withPage(`# Added\n\nText\n\n${markdown}\n`);
    expect(findings).toMatchObject([{ rule, actual, file: 'added.md', line: 5 }]);
    expect(read('added.html')).toContain('<span class="unlinked">x</span>');
  });

  it.each([
    ['[x](mirror.md)', 'mirror.html'],
    ['[x](./mirror.md#state-files)', 'mirror.html#state-files'],
    ['[x](surfaces/risk_snapshot.md#values)', 'surfaces/risk_snapshot.html#values'],
    ['[x](surfaces/risk_snapshot.md#legacy-dialects)', 'surfaces/risk_snapshot.html#dialects'],
    ['[x](rules/)', 'rules/index.html'],
    ['[x](README.md)', 'index.html'],
    ['[x](schemas/state/nav.schema.json)', 'schemas/state/nav.schema.json'],
    ['<https://example.com/a?b&c>', 'https://example.com/a?b&amp;c'],
  ])('%s leads to %s', (markdown, href) => {
    const { findings, read } = withPage(`# Added\n\n${markdown}\n`);
    expect(findings).toEqual([]);
    expect(/<article>[\s\S]*<p><a href="([^"]*)"/.exec(read('added.html'))?.[1]).toBe(href);
  });

  it('to a heading that occurs twice finds both', () => {
    const { findings } = withPage('# A\n\n## B\n\n## B\n\n[1](#b) [2](#b-1)\n');
    expect(findings).toEqual([]);
  });
});

it('an anchor that two places have is a finding', () => {
  const { findings } = withPage('# A\n\n## <a id="x"></a>B\n\n## <a id="x"></a>C\n');
  expect(findings).toMatchObject([{ rule: 'docs-anchor-repeated', actual: 'x', file: 'added.md', line: 5 }]);
});

describe('hostile prose', () => {
  it.each([
    '<script>alert(1)</script>',
    'a <img src=x onerror=alert(1)> b',
    '<a href="javascript:alert(1)">x</a>',
    '<a id="x" onclick="alert(1)"></a>',
    '<a id="x"onclick="alert(1)"></a>',
    "<a id='x'></a>",
    '<a id="x"><b>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](<java\tscript:alert(1)>)',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:x)',
    '<javascript:alert(1)>',
    '![x](javascript:alert(1))',
    '![" onerror="alert(1)](flow.svg)',
    '![x](flow.svg "&quot; onerror=&quot;alert(1)")',
    '[x](mirror.md "\'><script>alert(1)</script>")',
    '[x]\n\n[x]: javascript:alert(1)',
    '`<script>alert(1)</script>`',
    '```html" onload="x\n<script>alert(1)</script>\n```',
    '## <script>alert(1)</script> " onclick="x',
    '| <script>alert(1)</script> |\n| --- |\n| <img onerror=x> |',
    '<!-- --> <script>alert(1)</script>',
    '<!--> <script>alert(1)</script> -->',
    '<!-- never closed <script>alert(1)</script>',
    '<svg><animate onbegin=alert(1)>',
    '<style>@import "//other.example"</style>',
    '<base href="//other.example/">',
    '<meta http-equiv="refresh" content="0;url=//other.example">',
  ])('%j is inert', (markdown) => {
    const tags = article(`# Added\n\n${markdown}\n`).match(/<[^>]*>/g) ?? [];
    expect(tags.length).toBeGreaterThan(0);
    for (const tag of tags) expect(tag).toMatch(HARMLESS);
  });

  it('comes out of the index as text, and ends no script', () => {
    const index = withPage('# Added\n\n</script><script>alert(1)</script>\u2028').read('search-index.js');
    expect(index).not.toContain('<');
    expect(index).toContain('\\u003c/script>');
  });

  it('cannot turn the text beside it around', () => {
    expect(article('# Added\n\nabc\u202edef\u0000\n')).toContain('abc\uFFFDdef\uFFFD');
  });
});

/** The tags and attributes that the renderer writes. */
const HARMLESS =
  /^<(?:\/?(?:p|h[1-6]|div|table|thead|tbody|tr|th|td|code|span|strong|em|ul|ol|li|blockquote)|\/?(?:pre|a)|img|(?:h[1-6]|tr|a) id="[^"<>]*"|th scope="col"|div class="(?:heading h[1-6]|scroll)"(?: role="group" tabindex="0" aria-label="[^"<>]*")?|pre role="group" tabindex="0" aria-label="[^"<>]*"|span class="unlinked"|a(?: class="self")? href="(?:#|mirror\.html)[^"<>]*"(?: aria-label="[^"<>]*")?(?: title="[^"<>]*")?|img src="flow\.svg" alt="[^"<>]*"(?: title="[^"<>]*")? loading="lazy")>$/;
