import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const config = fileURLToPath(new URL('../../page/vite.config.ts', import.meta.url));
const index = fileURLToPath(new URL('../../dist-page/index.html', import.meta.url));

/** Folder of the built page. */
export const pageDir: string = fileURLToPath(new URL('../../dist-page', import.meta.url));

/** Builds the page where that was not done yet. */
export async function ensurePage(): Promise<void> {
  if (!existsSync(index)) await build({ configFile: config });
}
