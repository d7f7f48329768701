import { createStore } from './store.js';

/** The views of the page, in the order of their keys 1 to 8. */
export const views = ['overview', 'nav', 'positions', 'risk', 'router', 'kpis', 'events', 'contract'] as const;
export type ViewName = (typeof views)[number] | 'surface';

/** What the address says is shown. */
export interface Route {
  readonly view: ViewName;
  /** The surface that view "surface" shows. */
  readonly name: string | null;
  readonly query: Readonly<Record<string, string>>;
}

export const viewTitles: Readonly<Record<ViewName, string>> = {
  overview: 'Overview',
  nav: 'NAV',
  positions: 'Positions',
  risk: 'Risk',
  router: 'Router',
  kpis: 'KPIs',
  events: 'Events',
  contract: 'Contract health',
  surface: 'Surface',
};

export const route = createStore<Route>(parseRoute(location.hash));

/** Follows the address from now on. */
export function watchRoute(): void {
  addEventListener('hashchange', () => route.set(parseRoute(location.hash)));
}

/** The address of a view. */
export function hashOf({ view, name = null, query = {} }: Partial<Route> & Pick<Route, 'view'>): string {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  const path = name === null ? view : `${view}/${encodeURIComponent(name)}`;
  return `#/${path}${search === '' ? '' : `?${search}`}`;
}

/** Goes to a view. */
export function go(to: Partial<Route> & Pick<Route, 'view'>): void {
  location.hash = hashOf(to);
}

/** Changes the query of the current view without an entry in the browser's history. */
export function replaceQuery(query: Readonly<Record<string, string>>): void {
  const next = { ...route.get(), query };
  history.replaceState(null, '', hashOf(next));
  route.set(next);
}

function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [first = '', second] = path.split('/');
  const query = Object.fromEntries(new URLSearchParams(search));
  if (first === 'surface' && second !== undefined) return { view: 'surface', name: decoded(second), query };
  return { view: views.find((each) => each === first) ?? 'overview', name: null, query };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
