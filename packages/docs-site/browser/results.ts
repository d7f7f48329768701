import type { Entry } from '../src/search/entry.js';

/** The list of results, of which at most one is active. */
export interface Results {
  readonly count: () => number;
  /** Address of the active result, or of the first; null where there is none. */
  readonly chosen: () => string | null;
  show(entries: readonly Entry[]): void;
  /** Shows what was hidden again. */
  reopen(): void;
  /** Makes the next or the previous result the active one, and comes round at the ends. */
  move(step: 1 | -1): void;
  hide(): void;
}

/** Shows results as options of a listbox whose combobox is `input`. Everything from the index is put in as text. */
export function createResults(list: HTMLElement, input: HTMLElement, root: string): Results {
  let options: HTMLElement[] = [];
  let active = -1;
  const activate = (index: number): void => {
    options[active]?.setAttribute('aria-selected', 'false');
    active = index;
    const option = options[active];
    if (option === undefined) return input.removeAttribute('aria-activedescendant');
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', option.id);
  };
  const open = (isOpen: boolean): void => {
    list.hidden = !isOpen;
    input.setAttribute('aria-expanded', String(isOpen));
  };
  return {
    count: () => options.length,
    chosen: () => options[Math.max(active, 0)]?.dataset['address'] ?? null,
    show: (entries) => {
      options = entries.map((entry, index) => optionOf(entry, index, root));
      list.replaceChildren(...options);
      activate(-1);
      open(options.length > 0);
    },
    reopen: () => open(options.length > 0),
    move: (step) => {
      const count = options.length;
      if (count === 0) return;
      open(true);
      activate(active === -1 && step === -1 ? count - 1 : (active + step + count) % count);
    },
    hide: () => {
      activate(-1);
      open(false);
    },
  };
}

function optionOf({ url, kind, title, page, aliases, unit, text }: Entry, index: number, root: string): HTMLElement {
  const option = document.createElement('li');
  option.id = `_result-${index}`;
  option.setAttribute('role', 'option');
  option.setAttribute('aria-selected', 'false');
  option.dataset['address'] = root + url;
  const facts = [page, unit === '' ? '' : `unit: ${unit}`, aliases === '' ? '' : `also ${aliases}`];
  option.append(
    part('kind', kind),
    part('title', title),
    part('facts', facts.filter((each) => each !== '').join(' · ')),
    part('text', text),
  );
  return option;
}

function part(name: string, text: string): HTMLElement {
  const span = document.createElement('span');
  span.className = name;
  span.textContent = text;
  // Read out one after the other, the parts would run together.
  span.append(' ');
  return span;
}
