/**
 * How long compareSchemas takes: 200 pairs of generated schemas of 200 fields each, on one thread and on two, beside
 * other checkers on npm; and every surface of this repository against a variant with one change, beside compiling all
 * of them once with ajv. Inputs are the same in every run. `--quick` takes a few pairs only.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const root = path.resolve(import.meta.dirname, '..');
const fields = 200;
const quick = process.argv.includes('--quick');
const count = quick ? 20 : 200;
const warmUp = 40;
const seed = 20_240_601;
const peerPatienceMs = quick ? 2000 : 10_000;
const peerNames = ['json-schema-diff', 'jsoncompat'];

const kinds = [
  (next) => ({ type: 'number', minimum: Math.floor(next() * 10), description: 'A number.' }),
  () => ({ type: ['number', 'null'] }),
  (next) => ({ type: 'string', enum: ['open', 'closed', 'paused', 'failed'].slice(0, 2 + Math.floor(next() * 3)) }),
  (next) => ({ type: 'string', minLength: 1, maxLength: 20 + Math.floor(next() * 20) }),
  () => ({ type: 'boolean' }),
  (next) => ({ type: 'integer', minimum: 0, maximum: Math.floor(next() * 1000) }),
  () => ({ type: 'array', items: { type: 'number' }, maxItems: 50 }),
  () => ({ type: 'string', pattern: '^[A-Z]{3,12}$' }),
  () => ({ type: 'object', properties: { at: { type: 'number' }, by: { type: 'string' } }, required: ['at'] }),
];

const edits = [
  (properties) => (properties.added_optional = { type: ['string', 'null'] }),
  (properties, required) => {
    properties.added_required = { type: 'boolean' };
    required.push('added_required');
  },
  (properties, _, next) => withKeyword(properties, next, 'enum', (values) => values.slice(1)),
  (properties, _, next) => withKeyword(properties, next, 'minimum', (value) => value + 1),
  (properties, required, next) => {
    const key = pick(next, Object.keys(properties));
    delete properties[key];
    if (required.includes(key)) required.splice(required.indexOf(key), 1);
  },
  (properties, _, next) => (properties[pick(next, Object.keys(properties))].description = 'Said otherwise.'),
  (properties, _, next) => withKeyword(properties, next, 'maxLength', (value) => value + 10),
  (_, required, next) => required.splice(Math.floor(next() * required.length), 1),
  (properties, _, next) =>
    withKeyword(properties, next, 'type', (type) => (type === 'number' ? ['number', 'null'] : type)),
];

await (isMainThread ? main() : serve(workerData));

async function main() {
  console.log(`${count} pairs of ${fields}-field schemas, both directions, explained (seed ${seed})`);
  const one = await timed(1);
  line('compat, one thread', one.ms, one.pairs, `  ${one.cpu.toFixed(0)} ms of CPU time`);
  const two = await timed(2);
  line('compat, two threads', two.ms, two.pairs, `  ${two.cpu.toFixed(0)} ms of CPU time`);
  console.log(`  answers: ${one.answers}`);
  for (const name of peerNames) await reportPeer(name, one.ms / one.pairs);
  await reportSurfaces();
}

/** CPU time of the whole process since `from`, or since its start, in milliseconds. */
function cpu(from = 0) {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 - from;
}

function line(name, ms, pairs, note = '') {
  const cells = [
    name.padEnd(24),
    `${ms.toFixed(0)} ms`.padStart(10),
    `${(ms / pairs).toFixed(2)} ms a pair`.padStart(18),
  ];
  console.log(`  ${cells.join('')}${note}`);
}

/** Splits the pairs among threads, each warmed up on other pairs, and takes the time from the common start to the end. */
async function timed(threads) {
  const workers = Array.from({ length: threads }, (_, index) => start({ task: 'compat', index, threads }));
  await Promise.all(workers.map(({ ready }) => ready));
  const [begun, used] = [performance.now(), cpu()];
  for (const { worker } of workers) worker.postMessage('go', []);
  const answers = await Promise.all(workers.map(({ done }) => done));
  const [ms, spent] = [performance.now() - begun, cpu(used)];
  await Promise.all(workers.map(({ worker }) => worker.terminate()));
  const tally = new Map();
  for (const answer of answers.flat()) tally.set(answer, (tally.get(answer) ?? 0) + 1);
  return {
    ms,
    cpu: spent,
    pairs: count,
    answers: [...tally]
      .map(([answer, times]) => `${times} ${answer}`)
      .toSorted()
      .join(', '),
  };
}

function start(task) {
  const worker = new Worker(new URL(import.meta.url), { workerData: task, argv: process.argv.slice(2) });
  const next = () => new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  const ready = next();
  return { worker, ready, done: ready.then(next) };
}

async function reportPeer(name, own) {
  const { worker, ready, done } = start({ task: 'peer', name });
  try {
    await ready;
    worker.postMessage('go', []);
    let timer;
    const timeout = new Promise((resolve) => (timer = setTimeout(resolve, peerPatienceMs * 2)));
    const result = await Promise.race([done, timeout]);
    clearTimeout(timer);
    if (result === undefined) return console.log(`  ${name.padEnd(24)}no pair within ${2 * peerPatienceMs} ms`);
    const { ms, pairs, failed } = result;
    const ratio = ms / pairs / own;
    line(name, ms, pairs, `  ${ratio.toFixed(1)} x compat (${pairs} pairs, ${failed} refused)`);
  } catch (error) {
    console.log(`  ${name.padEnd(24)}not reachable: ${error.message.split('\n')[0]}`);
  } finally {
    await worker.terminate();
  }
}

async function reportSurfaces() {
  const worker = start({ task: 'surfaces' });
  await worker.ready;
  worker.worker.postMessage('go', []);
  const { surfaces, compile, compare, spent, answers } = await worker.done;
  await worker.worker.terminate();
  console.log(`\n${surfaces} surfaces of this repository`);
  console.log(`  ajv compiles each once              ${compile.toFixed(0)} ms, ${spent[0].toFixed(0)} ms of CPU time`);
  console.log(`  compat, each against a variant      ${compare.toFixed(0)} ms, ${spent[1].toFixed(0)} ms of CPU time`);
  console.log(
    `  ratio                               ${(compare / compile).toFixed(2)}, of CPU time ${(spent[1] / spent[0]).toFixed(2)}`,
  );
  console.log(`  answers: ${answers}`);
}

async function serve(task) {
  const run = await { compat: prepareCompat, peer: preparePeer, surfaces: prepareSurfaces }[task.task](task);
  parentPort.once('message', () => void run().then((result) => parentPort.postMessage(result, [])));
  parentPort.postMessage('ready', []);
}

async function prepareCompat({ index, threads }) {
  const { compareSchemas } = await import('@hedge-telemetry/compat');
  const compare = ([old, next]) => {
    const { backward, forward } = compareSchemas(old, next);
    return `${backward.answer}/${forward.answer}`;
  };
  pairsOf(seed + 1, warmUp).forEach(compare);
  const own = pairsOf(seed, count).filter((_, place) => place % threads === index);
  return async () => own.map(compare);
}

async function preparePeer({ name }) {
  const judge = await peer(name);
  const pairs = pairsOf(seed, count);
  return async () => {
    const begun = performance.now();
    let [done, failed] = [0, 0];
    for (const [old, next] of pairs) {
      if (performance.now() - begun > peerPatienceMs) break;
      await Promise.resolve(judge(old, next)).catch(() => (failed += 1));
      done += 1;
    }
    return { ms: performance.now() - begun, pairs: done, failed };
  };
}

async function peer(name) {
  const require = createRequire(path.join(root, 'packages/compat/package.json'));
  if (name !== 'jsoncompat') {
    const { diffSchemas } = require(name);
    return async (old, next) => await diffSchemas({ sourceSchema: old, destinationSchema: next });
  }
  const { default: initialise, check_compat: check } = await import(require.resolve(name));
  await initialise({ module_or_path: readFileSync(require.resolve(`${name}/jsoncompat_wasm_bg.wasm`)) });
  return async (old, next) => {
    const [before, after] = [JSON.stringify(old), JSON.stringify(next)];
    return [check(before, after, 'deserializer'), check(before, after, 'serializer')];
  };
}

async function prepareSurfaces() {
  const { compareSchemas } = await import('@hedge-telemetry/compat');
  const { default: Ajv } = await import('ajv/dist/2020.js');
  const compile = (schemas) => {
    const ajv = new (Ajv.default ?? Ajv)({ strict: false, logger: false });
    for (const schema of schemas) ajv.compile(schema);
  };
  const surfaces = bundles();
  const pairs = surfaces.map((schema, index) => [schema, variant(schema, index)]);
  const others = pairsOf(seed + 2, warmUp);
  compile(others.map(([old]) => old));
  for (const [old, next] of others) compareSchemas(old, next);
  return async () => {
    const [begun, used] = [performance.now(), cpu()];
    compile(surfaces);
    const [between, usedBetween] = [performance.now(), cpu()];
    const answers = pairs.map(([old, next]) => compareSchemas(old, next));
    const end = performance.now();
    const spent = [usedBetween - used, cpu(usedBetween)];
    const tally = answers.map(({ backward, forward }) => `${backward.answer[0]}/${forward.answer[0]}`).join(' ');
    return { surfaces: surfaces.length, compile: between - begun, compare: end - between, spent, answers: tally };
  };
}

/** Every state and log schema with what it refers to in common.schema.json taken in. */
function bundles() {
  const read = (file) => JSON.parse(readFileSync(path.join(root, 'schemas', file), 'utf8'));
  const common = read('common.schema.json').$defs;
  const files = ['state', 'logs'].flatMap((folder) =>
    readdirSync(path.join(root, 'schemas', folder))
      .filter((name) => name.endsWith('.schema.json'))
      .toSorted()
      .map((name) => `${folder}/${name}`),
  );
  const local = (value) =>
    JSON.parse(JSON.stringify(value).replaceAll(/"[^"]*common\.schema\.json#\/\$defs\//g, '"#/$defs/Common'));
  const defs = Object.fromEntries(
    Object.entries(common).map(([name, schema]) => [
      `Common${name}`,
      JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/$defs/Common')),
    ]),
  );
  return files.map((file) => {
    const schema = local(read(file));
    const used = new Set();
    const collect = (value) => {
      for (const [, name] of JSON.stringify(value).matchAll(/"#\/\$defs\/(Common\w+)"/g)) {
        if (used.has(name)) continue;
        used.add(name);
        collect(defs[name]);
      }
    };
    collect(schema);
    return {
      ...schema,
      $defs: { ...schema.$defs, ...Object.fromEntries([...used].map((name) => [name, defs[name]])) },
    };
  });
}

/** One change, by turns of another kind. */
function variant(schema, turn) {
  for (let kind = turn; ; kind += 1) {
    const changed = structuredClone(schema);
    const holder = [changed, ...Object.values(changed.$defs)].find(({ properties }) => properties !== undefined);
    edits[kind % edits.length](holder.properties, (holder.required ??= []), random(turn));
    if (JSON.stringify(changed) !== JSON.stringify(schema)) return changed;
  }
}

/** Pairs of a generated schema and the same with up to four edits. */
function pairsOf(from, length) {
  const next = random(from);
  return Array.from({ length }, () => {
    const properties = Object.fromEntries(
      Array.from({ length: fields }, (_, index) => [`field_${index}`, field(next)]),
    );
    const required = Object.keys(properties).filter(() => next() < 0.3);
    const old = { type: 'object', properties, required };
    old.additionalProperties = false;
    const changed = structuredClone(old);
    const times = Math.floor(next() * 5);
    for (let time = 0; time < times; time += 1) pick(next, edits)(changed.properties, changed.required, next);
    return [old, changed];
  });
}

function field(next) {
  return pick(next, kinds)(next);
}

function withKeyword(properties, next, keyword, change) {
  const having = Object.keys(properties).filter((key) => properties[key][keyword] !== undefined);
  if (having.length === 0) return;
  const key = pick(next, having);
  properties[key] = { ...properties[key], [keyword]: change(properties[key][keyword]) };
}

function pick(next, list) {
  return list[Math.floor(next() * list.length)];
}

function random(from) {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
