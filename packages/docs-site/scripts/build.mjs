// Builds what the dashboard serves below /docs/: the script of the search box, then the pages of docs/.
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const here = (relative) => fileURLToPath(new URL(relative, import.meta.url));

const bundle = await rolldown({ input: here('../browser/main.ts'), platform: 'browser', logLevel: 'warn' });
await bundle.write({
  file: here('../dist-browser/site.js'),
  format: 'iife',
  minify: true,
  postBanner: '/*! With MiniSearch, copyright Luca Ongaro, MIT licence: https://github.com/lucaong/minisearch */',
});
await bundle.close();

const { buildSite } = await import('../dist/index.js');
const site = here('../site');
rmSync(site, { recursive: true, force: true });
const { findings } = buildSite({ from: here('../../../docs'), to: site });
for (const { file, line, message, actual } of findings)
  process.stderr.write(`docs/${file}${line === null ? '' : `:${line}`}: ${message} ${actual ?? ''}\n`);
