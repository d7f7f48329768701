import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Rendered, and as it is written where it was not rendered. */
const PLACES: readonly string[] = ['../../docs-site/site', '../../../docs'];

/** The operator documentation of this installation; null where there is none. */
export function docsDirectory(): string | null {
  const places = PLACES.map((each) => fileURLToPath(new URL(each, import.meta.url)));
  return places.find((each) => existsSync(each)) ?? null;
}
