import { useEffect, useState } from 'preact/hooks';
import type { Store } from '../model/store.js';

/** What a store holds; the component renders again when that changes. */
export function useStore<T>(store: Store<T>): T {
  return useSelected(store, (value) => value);
}

/** What a component takes from a store; it renders again only when that changes. */
export function useSelected<T, S>(store: Store<T>, select: (value: T) => S): S {
  const selected = select(store.get());
  const [, render] = useState(0);
  useEffect(() => {
    let last = selected;
    const check = (): void => {
      const next = select(store.get());
      if (Object.is(last, next)) return;
      last = next;
      render((count) => count + 1);
    };
    check();
    return store.watch(check);
  }, [store]);
  return selected;
}
