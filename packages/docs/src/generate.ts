import type { Output } from './output.js';
import { agentsPage } from './pages/agents.js';
import { changelogPage } from './pages/changelog.js';
import { indexPages } from './pages/indexes.js';
import { llmsFull, llmsIndex } from './pages/llms.js';
import { readmePage } from './pages/readme.js';
import { rulePages } from './pages/rules.js';
import { editorSettings, publishedSchemas } from './published-schemas.js';
import { loadDocsSource } from './source.js';
import { surfacePageOf } from './surface/page.js';

/** Everything that is documented of the contract below a root, in memory. The same inputs give the same bytes. */
export async function generateDocs(root: string): Promise<Output> {
  const source = await loadDocsSource(root);
  const pages = [
    readmePage(source),
    ...source.surfaces.map((each) => surfacePageOf(each, source)),
    ...rulePages(source),
    ...indexPages(source),
    changelogPage(source),
    await agentsPage(root, source),
  ];
  const whole = new Map([
    ...publishedSchemas(source),
    ['.vscode/settings.json', editorSettings(source.surfaces)] as const,
    ['docs/llms.txt', llmsIndex(source)] as const,
  ]);
  return { pages, files: (texts) => new Map([...whole, ['docs/llms-full.txt', llmsFull(source, texts)]]) };
}
