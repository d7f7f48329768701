import { format, resolveConfig } from 'prettier';

import type { Output } from './output.js';

/** Formats types and TypeScript modules with the workspace's prettier; run-time modules are left as they were emitted. */
export async function formatOutput(output: Output, configFile: string): Promise<Output> {
  const options = (await resolveConfig(configFile)) ?? {};
  const formatted: Output = new Map();
  for (const [file, text] of output) {
    formatted.set(file, file.endsWith('.ts') ? await format(text, { ...options, parser: 'typescript' }) : text);
  }
  return formatted;
}
