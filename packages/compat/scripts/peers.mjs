/**
 * Other checkers on npm, asked the same questions in a thread of their own: what one refuses to judge, or takes more
 * than two seconds over, counts as unknown.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

const patienceMs = 2000;
const names = ['json-schema-diff', 'json-schema-diff-validator', 'jsoncompat'];

export const peers = Object.fromEntries(names.map((name) => [name, peer(name)]));

if (!isMainThread) await serve();

function peer(name) {
  let worker;
  return async (old, next) => {
    worker ??= new Worker(new URL(import.meta.url));
    const answer = await ask(worker, { name, old, next });
    if (answer !== undefined) return answer;
    await worker.terminate();
    worker = undefined;
    return { backward: 'unknown', forward: 'unknown' };
  };
}

function ask(worker, question) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), patienceMs);
    worker.ref();
    worker.once('message', (answer) => {
      clearTimeout(timer);
      worker.unref();
      resolve(answer);
    });
    worker.postMessage(question, []);
  });
}

async function serve() {
  const judges = await load();
  parentPort.on('message', ({ name, old, next }) => {
    void attempt(() => judges[name](old, next)).then((answer) => parentPort.postMessage(answer, []));
  });
}

async function load() {
  const require = createRequire(import.meta.url);
  const { diffSchemas } = require('json-schema-diff');
  const { validateSchemaCompatibility } = require('json-schema-diff-validator');
  const { default: initialise, check_compat: checkCompat } = await import('jsoncompat');
  await initialise({ module_or_path: readFileSync(require.resolve('jsoncompat/jsoncompat_wasm_bg.wasm')) });
  return {
    'json-schema-diff': async (old, next) => {
      const { removalsFound, additionsFound } = await diffSchemas({ sourceSchema: old, destinationSchema: next });
      return { backward: said(!removalsFound), forward: said(!additionsFound) };
    },
    'json-schema-diff-validator': (old, next) => ({
      backward: said(silent(() => validateSchemaCompatibility(old, next))),
      forward: said(silent(() => validateSchemaCompatibility(next, old))),
    }),
    jsoncompat: (old, next) => {
      const [before, after] = [JSON.stringify(old), JSON.stringify(next)];
      return {
        backward: said(checkCompat(before, after, 'deserializer')),
        forward: said(checkCompat(before, after, 'serializer')),
      };
    },
  };
}

function said(compatible) {
  return compatible ? 'compatible' : 'incompatible';
}

/** Its only way to say "incompatible" is an assertion error; any other error is no answer. */
function silent(check) {
  try {
    check();
    return true;
  } catch (error) {
    if (error?.code === 'ERR_ASSERTION') return false;
    throw error;
  }
}

async function attempt(judge) {
  try {
    return await judge();
  } catch {
    return { backward: 'unknown', forward: 'unknown' };
  }
}
