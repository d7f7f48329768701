import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The operator documentation of this installation; null where there is none. */
export function docsDirectory(): string | null {
  const directory = fileURLToPath(new URL('../../../docs', import.meta.url));
  return existsSync(directory) ? directory : null;
}
