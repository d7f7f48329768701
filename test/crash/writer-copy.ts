import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { onTestFinished } from 'vitest';
import { repository } from '../support.js';
import type { Edit } from './mutants.js';

/** The compiled entry of the writer. */
export const builtWriter: string = path.join(repository, 'packages/writer/dist/index.js');

/** A copy of the compiled writer, for children to import. */
export interface WriterCopy {
  readonly folder: string;
  /** Its entry. */
  readonly module: string;
}

/** Copies the compiled writer to a temporary directory that is removed when the test ends. */
export function copyWriter(): WriterCopy {
  const folder = mkdtempSync(path.join(tmpdir(), 'writer-copy-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  copyModules(path.dirname(builtWriter), path.join(folder, 'dist'));
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  const scope = path.join(folder, 'node_modules/@hedge-telemetry');
  mkdirSync(scope, { recursive: true });
  symlinkSync(path.join(repository, 'packages/contract'), path.join(scope, 'contract'));
  return { folder, module: path.join(folder, 'dist/index.js') };
}

/** Copies compiled modules without what leads to their sources. */
function copyModules(from: string, to: string): void {
  for (const name of readdirSync(from, { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('.js'))) {
    const text = readFileSync(path.join(from, name), 'utf8');
    mkdirSync(path.dirname(path.join(to, name)), { recursive: true });
    writeFileSync(path.join(to, name), text.replace(/\n\/\/# sourceMappingURL=.*/, '\n'));
  }
}

/**
 * Joins the modules of each thread of a copy into one, which starts in half of the time: most of what a child costs is
 * loading them. Each module goes on seeing its own address, so that what it starts beside itself is found.
 */
export async function bundle({ folder, module }: WriterCopy): Promise<string> {
  const plugin = {
    name: 'own-address',
    transform: (code: string, id: string) => code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)),
  };
  for (const input of [module, path.join(folder, 'dist/thread/main.js')]) {
    const build = await rolldown({ input, platform: 'node', plugins: [plugin] });
    await build.write({ file: `${input}.bundle.js`, format: 'esm', minify: true });
    await build.close();
  }
  renameSync(path.join(folder, 'dist/thread/main.js.bundle.js'), path.join(folder, 'dist/thread/main.js'));
  return `${module}.bundle.js`;
}

/** Makes an edit in a copy; its text must stand there exactly once. */
export function mutate({ folder }: WriterCopy, { file, find, replace }: Edit): void {
  const target = path.join(folder, 'dist', file);
  const text = readFileSync(target, 'utf8');
  const found = text.split(find).length - 1;
  if (found !== 1) throw new Error(`${file} holds ${JSON.stringify(find)} ${found} times, not once`);
  writeFileSync(
    target,
    text.replace(find, () => replace),
  );
}
