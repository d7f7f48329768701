import { loadSearch } from './load.js';
import { attachSearchBox } from './search-box.js';

for (const host of document.querySelectorAll<HTMLElement>('.search[data-root]')) {
  const root = host.dataset['root'] ?? '';
  attachSearchBox(host, root, () => loadSearch(root));
  host.hidden = false;
}
