import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const source = path.dirname(fileURLToPath(import.meta.url));
const packages: Readonly<Record<string, string>> = {
  '@hedge-telemetry/contract': path.resolve(source, '../../contract/src/index.ts'),
};
const SPECIFIER = /(?<!["'])(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g;
const NETWORK =
  /^(?:node:)?(?:http|https|http2|net|tls|dgram|dns|dns\/promises|inspector|cluster|child_process|worker_threads|undici|quic)$/;
const NETWORK_GLOBAL = /\b(?:fetch|WebSocket|EventSource|XMLHttpRequest|require|createRequire|getBuiltinModule)\s*\(/;

/** Every module that `entry` reaches, and every module outside the sources. */
function reach(entry: string): { files: Set<string>; outside: Set<string> } {
  const files = new Set<string>();
  const outside = new Set<string>();
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(SPECIFIER)) {
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

const { files, outside } = reach(path.join(source, 'index.ts'));

it('reaches its own modules and those of the contract', () => {
  expect(files).toContain(path.join(source, 'ledger-files.ts'));
  expect(files).toContain(path.resolve(source, '../../contract/generated/validators/writer/nav.js'));
});

it('stands on the contract and on a few modules of Node, none of them for the network', () => {
  expect([...outside].filter((each) => NETWORK.test(each))).toEqual([]);
  expect([...outside].toSorted()).toEqual(['node:crypto', 'node:fs', 'node:fs/promises', 'node:os', 'node:path']);
});

it('calls no network function that needs no import', () => {
  const own = [...files].filter((file) => !file.includes(`${path.sep}generated${path.sep}`));
  expect(own.filter((file) => NETWORK_GLOBAL.test(readFileSync(file, 'utf8')))).toEqual([]);
});
