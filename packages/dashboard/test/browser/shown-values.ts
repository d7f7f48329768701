import type { Page } from 'playwright-core';

/** A value on the page, with the field that it says it comes from. */
export interface ShownValue {
  readonly panel: string;
  /** `<surface>:/<pointer>`, or `<surface>:total/…` and the like for what is computed. */
  readonly of: string;
  readonly state: string;
  /** What is to be read of the value: its text without the state's word. */
  readonly value: string | null;
  /** All of its text. */
  readonly text: string;
}

/** Everything that each of some views shows and says which field it comes from. */
export function shownValues(page: Page, views: readonly string[]): Promise<Record<string, ShownValue[]>> {
  return page.evaluate(async (names) => {
    const found: Record<string, ShownValue[]> = {};
    for (const name of names) {
      location.hash = `#/${name}`;
      const isDrawn = (): boolean => {
        const [view, detail] = name.split('/');
        const main = document.querySelector<HTMLElement>('main');
        return (
          main?.dataset['view'] === view && (detail === undefined || main?.querySelector('h1')?.textContent === detail)
        );
      };
      while (!isDrawn()) await new Promise((resolve) => setTimeout(resolve));
      found[name] = [...document.querySelectorAll<HTMLElement>('[data-of]')].map((element) => ({
        panel: element.closest('[data-panel]')?.getAttribute('data-panel') ?? 'none',
        of: element.dataset['of'] ?? '',
        state: element.dataset['state'] ?? '',
        value: element.querySelector('.value-text')?.textContent ?? null,
        text: [...element.childNodes]
          .filter((node) => !(node instanceof Element && node.matches('.raw')))
          .map((node) => node.textContent ?? '')
          .join(' '),
      }));
    }
    return found;
  }, views);
}
