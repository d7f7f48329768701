import { format, resolveConfig } from 'prettier';

import type { Output } from './output.js';

/** Formats the type declarations with the workspace's prettier; run-time modules are left as they were emitted. */
export async function formatOutput(output: Output, configFile: string): Promise<Output> {
  const options = (await resolveConfig(configFile)) ?? {};
  const formatted: Output = new Map();
  for (const [file, text] of output) {
    formatted.set(file, file.endsWith('.d.ts') ? await format(text, { ...options, parser: 'typescript' }) : text);
  }
  return formatted;
}
