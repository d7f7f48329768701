import type { Search } from '../src/search/engine.js';
import { createResults } from './results.js';

const SHOWN = 12;

/**
 * Makes the box search as a combobox does: `/` goes to it from anywhere on the page, the arrows choose a result, Enter opens
 * it (the first one where none is chosen), Escape closes the list and then empties the box.
 */
export function attachSearchBox(host: HTMLElement, root: string, load: () => Promise<Search>): void {
  const input = host.querySelector('input');
  const list = host.querySelector('ul');
  const status = host.querySelector('[role="status"]');
  if (input === null || list === null || status === null) return;
  const results = createResults(list, input, root);
  /** The query whose results are in the list. */
  let shown = '';

  const say = (text: string): void => {
    status.textContent = text;
    status.classList.toggle('alone', text !== '' && results.count() === 0);
  };
  const update = async (): Promise<void> => {
    const search = await load();
    const query = input.value.trim();
    if (query === shown) return results.reopen();
    shown = query;
    results.show(query === '' ? [] : search(query, SHOWN));
    say(query === '' ? '' : countText(results.count()));
  };
  const attempt = (work: Promise<unknown>): void => {
    work.catch(() => say('The index of the search cannot be loaded.'));
  };

  input.addEventListener('focus', () => attempt(update()));
  input.addEventListener('input', () => attempt(update()));
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') results.move(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Enter') attempt(update().then(() => go(results.chosen(), false)));
    else if (event.key === 'Escape') {
      if (list.hidden) {
        input.value = '';
        attempt(update());
      } else results.hide();
    } else return;
    event.preventDefault();
  });
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const option = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="option"]') : null;
    go(option?.dataset['address'] ?? null, event.ctrlKey || event.metaKey);
  });
  host.addEventListener('focusout', () => results.hide());
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    event.preventDefault();
    input.focus();
    input.select();
  });

  const go = (address: string | null, isNewTab: boolean): void => {
    if (address === null) return;
    results.hide();
    input.blur();
    if (isNewTab) window.open(address, '_blank', 'noopener');
    else location.assign(address);
  };
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

function countText(count: number): string {
  if (count === 0) return 'Nothing found.';
  return `${count === SHOWN ? `The first ${SHOWN} results` : count === 1 ? '1 result' : `${count} results`}.`;
}
