import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

interface Vite {
  build(config: object): Promise<unknown>;
}

/** Bundles a module of this directory, sources and all, into a script that a child process can run. Its path. */
export async function bundle(module: string, outDir: string): Promise<string> {
  const ofVitest = createRequire(createRequire(import.meta.url).resolve('vitest/package.json'));
  const vite = (await import(pathToFileURL(ofVitest.resolve('vite')).href)) as Vite;
  const conditions = ['@hedge-telemetry/source', 'node', 'import', 'default'];
  await vite.build({
    root: fileURLToPath(new URL('.', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    resolve: { conditions },
    ssr: { noExternal: true, resolve: { conditions } },
    build: {
      ssr: fileURLToPath(new URL(module, import.meta.url)),
      outDir,
      emptyOutDir: false,
      minify: false,
      rollupOptions: { output: { entryFileNames: 'child.mjs' } },
    },
  });
  return join(outDir, 'child.mjs');
}
