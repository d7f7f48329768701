import type { Output } from './output.js';
import { loadDocsSource } from './source.js';
import { surfacePageOf } from './surface/page.js';

/** Everything that is documented of the contract below a root, in memory. The same inputs give the same bytes. */
export async function generateDocs(root: string): Promise<Output> {
  const source = await loadDocsSource(root);
  return {
    pages: source.surfaces.map((each) => surfacePageOf(each, source)),
    files: () => new Map(),
  };
}
