import { describe, expect, it } from 'vitest';
import { shellOf } from './shell.js';

const built = `<!doctype html><html><head><title>t</title>
<script type="module" src="./assets/index-1.js"></script>
<link rel="stylesheet" href="./assets/style-1.css"></head><body><div id="app"></div></body></html>`;
const served = new Set(['/assets/index-1.js', '/assets/style-1.css']);

describe('the document around the view of the server', () => {
  it('is the built page with the stylesheet of the server', () => {
    const { before, after } = shellOf(built, '/server.css', (url) => served.has(url));
    expect(before).toMatch(/index-1\.js[^]*<link rel="stylesheet" href="\/server\.css">\s*<\/head>[^]*<div id="app">$/);
    expect(after).toBe('</div></body></html>');
  });

  it.each([
    ['was not built', null],
    ['names a file that is not served', built.replace('index-1', 'index-2')],
    ['has no place for the view', built.replace('id="app"', 'id="other"')],
  ])('names nothing but that stylesheet where the page %s', (_case, page) => {
    const { before, after } = shellOf(page, '/server.css', (url) => served.has(url));
    expect(before.match(/(?:src|href)="[^"]*"/g)).toEqual(['href="/server.css"']);
    expect(`${before}${after}`).toMatch(/^<!doctype html>[^]*<div id="app"><\/div>\s*<\/body>/);
  });
});
