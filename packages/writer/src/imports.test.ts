import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const source = path.dirname(fileURLToPath(import.meta.url));
const packages: Readonly<Record<string, string>> = {
  '@hedge-telemetry/contract': path.resolve(source, '../../contract/src/index.ts'),
  '@hedge-telemetry/contract/writing': path.resolve(source, '../../contract/src/writing.ts'),
  '@hedge-telemetry/contract/encoding': path.resolve(source, '../../contract/src/encoding/index.ts'),
};
const SPECIFIER = /(?<!["'.])(?:\bfrom\s+|\bimport\s*\(?\s*)['"]([^'"]+)['"]/g;
/** Gone when it is compiled. */
const TYPES = /^(?:import|export) type [^;]*;/gm;
const NETWORK =
  /^(?:node:)?(?:http|https|http2|net|tls|dgram|dns|dns\/promises|inspector|cluster|child_process|undici|quic)$/;
const THREAD = /new URL\('([^']+)', import\.meta\.url\)/g;
const MODULES = ['buffer', 'crypto', 'fs', 'os', 'path', 'worker_threads', 'zlib'].map((each) => `node:${each}`);
const NETWORK_GLOBAL = /\b(?:fetch|WebSocket|EventSource|XMLHttpRequest|require|createRequire|getBuiltinModule)\s*\(/;

/** The writer, and what runs in threads of its own. */
const ENTRIES = ['index.ts', 'thread/main.ts', 'disk/archive-thread.ts'];

/** Every module that the entries load, and every module outside the sources. */
function reach(entries: readonly string[]): { files: Set<string>; outside: Set<string> } {
  const files = new Set<string>();
  const outside = new Set<string>();
  const waiting = [...entries];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    for (const [, specifier = ''] of readFileSync(file, 'utf8').replace(TYPES, '').matchAll(SPECIFIER)) {
      const target = packages[specifier] ?? resolved(file, specifier);
      if (target === null) outside.add(specifier);
      else waiting.push(target);
    }
  }
  return { files, outside };
}

function resolved(from: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  const file = path.resolve(path.dirname(from), specifier);
  const candidates = [file.replace(/\.js$/, '.ts'), file, file.replace(/\.js$/, '.d.ts')];
  const found = candidates.find((each) => existsSync(each));
  if (found === undefined) throw new Error(`${specifier} of ${from} leads nowhere`);
  return found;
}

const { files, outside } = reach(ENTRIES.map((entry) => path.join(source, entry)));

it('reaches its own modules and those of the contract', () => {
  expect(files).toContain(path.join(source, 'disk/ledger-target.ts'));
  expect(files).toContain(path.resolve(source, '../../contract/generated/validators/writer/nav.js'));
});

it('loads nothing of the contract that only readers need: every thread would pay for it', () => {
  const contract = path.resolve(source, '../../contract');
  const loaded = [...files].map((file) => path.relative(contract, file).split(path.sep).join('/'));
  expect(
    loaded.filter((file) => /^generated\/(?:validators\/(?!writer|runtime)|readings)|^src\/migrations/.test(file)),
  ).toEqual([]);
});

it('stands on the contract and on a few modules of Node, none of them for the network', () => {
  expect([...outside].filter((each) => NETWORK.test(each))).toEqual([]);
  expect([...outside].toSorted()).toEqual(MODULES);
});

it('starts no thread but its own', () => {
  const entries = [...files].flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(THREAD)].map(([, entry = '']) => path.join(path.dirname(file), entry)),
  );
  const compiled = (entry: string) => path.join(source, '../dist', entry.replace(/\.ts$/, '.js'));
  expect(entries.toSorted()).toEqual(ENTRIES.slice(1).map(compiled).toSorted());
});

it('calls no network function that needs no import', () => {
  const own = [...files].filter((file) => !file.includes(`${path.sep}generated${path.sep}`));
  expect(own.filter((file) => NETWORK_GLOBAL.test(readFileSync(file, 'utf8')))).toEqual([]);
});
