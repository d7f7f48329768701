import type { Hub } from '../hub/hub.js';
import type { PageShell } from './shell.js';

/** The page, readable without scripts. */
export async function renderPage(hub: Hub, shell: PageShell): Promise<string> {
  return `${shell.before}<p>${hub.status().worst}</p>${shell.after}`;
}
