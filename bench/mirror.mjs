/**
 * What the mirror costs, beside rsync and chokidar, in one run and by turns: the time from the rename of a state file to
 * the moment at which its copy can be read, for one surface, and how many of fifteen at 20 Hz end with their last version;
 * the share of a core that it takes to follow; and the time of a pass over 1,000 files of which none has changed, beside
 * rsync and a loop of stat calls. On a tmpfs (/dev/shm) and on a disk (the
 * temporary directory). `--quick` takes few rounds.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

const quick = process.argv.includes('--quick');
const rounds = quick ? 2 : 6;
const publishes = quick ? 40 : 150;
const files = 1_000;
/** How long the processor's time is measured while nothing changes, and while all surfaces do. */
const seconds = quick ? 2 : 4;
const names = [
  'nav',
  'nav_state',
  'positions',
  'risk_snapshot',
  'router_health',
  'kpis_v7',
  'expectancy_v6',
  'symbol_scores_v6',
  'router_policy_suggestions_v6',
  'risk_allocation_suggestions_v6',
  'pipeline_v6_shadow_head',
  'pipeline_v6_compare_summary',
  'execution_health',
  'synced_state',
  'v6_runtime_probe',
];

const examples = new Map();

await (process.argv[2] === 'follow' ? follow(...process.argv.slice(3)) : main());

async function main() {
  for (const [kind, base] of [
    ['tmpfs', '/dev/shm'],
    ['disk', tmpdir()],
  ]) {
    if (!existsSync(base)) continue;
    const root = mkdtempSync(path.join(base, 'bench-mirror-'));
    try {
      console.log(`${kind}, by turns, ${rounds} rounds`);
      await latencies(root);
      await passes(root);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
}

/** What runs beside the bench: our mirror, or a copy at every event of chokidar. */
async function follow(peer, from, to) {
  if (peer === 'sync') {
    const { createSync } = await import('@hedge-telemetry/sync');
    createSync({ from, to }).start();
  } else {
    const { watch } = await import('chokidar');
    const copy = (file) => {
      if (!file.endsWith('.json')) return;
      const target = path.join(to, 'state', path.basename(file));
      copyFileSync(file, `${target}.tmp`);
      renameSync(`${target}.tmp`, target);
    };
    const watcher = watch(path.join(from, 'state')).on('add', copy).on('change', copy);
    await once(watcher, 'ready');
  }
  let since = { cpu: process.cpuUsage(), at: performance.now() };
  process.on('message', (message) => {
    if (message === 'begin') since = { cpu: process.cpuUsage(), at: performance.now() };
    else {
      const { user, system } = process.cpuUsage(since.cpu);
      process.send((user + system) / 10 / (performance.now() - since.at));
    }
  });
  process.stdout.write('begun');
}

/** One publish after the other, each waited for. */
async function latencies(root) {
  const peers = { sync: 'sync', 'chokidar 5 and copy': 'chokidar' };
  onCore(process.pid, 0);
  const times = Object.fromEntries(Object.keys(peers).map((name) => [name, []]));
  const converged = Object.fromEntries(Object.keys(peers).map((name) => [name, []]));
  const idle = Object.fromEntries(Object.keys(peers).map((name) => [name, []]));
  const steady = Object.fromEntries(Object.keys(peers).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, peer] of Object.entries(peers)) {
      const directory = path.join(root, `${peer}-${round}`);
      const [from, to] = [path.join(directory, 'logs'), path.join(directory, 'mirror')];
      for (const surface of names) publish(from, surface, 0);
      mkdirSync(path.join(to, 'state'), { recursive: true });
      const child = spawn(process.execPath, [import.meta.filename, 'follow', peer, from, to], {
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      });
      await once(child.stdout, 'data');
      onCore(child.pid, 1);
      await sleep(300);
      for (let index = 1; index <= publishes; index += 1) {
        const took = await visibleAfter(from, to, index);
        if (took !== null) times[name].push(took);
        await sleep(23);
      }
      converged[name].push(await burst(from, to));
      idle[name].push(await shareWhile(child, () => sleep(seconds * 1000)));
      steady[name].push(await shareWhile(child, () => publishAll(from)));
      child.kill('SIGKILL');
      await once(child, 'close');
    }
  }
  const base = quantile(times.sync, 0.5);
  for (const name of Object.keys(peers)) {
    const median = quantile(times[name], 0.5);
    console.log(
      `  ${name.padEnd(22)} rename to visible: median ${median.toFixed(2)} ms, p99 ${quantile(times[name], 0.99).toFixed(2)} ms, ` +
        `${(median / base).toFixed(1)} x sync, ${times[name].length}/${rounds * publishes} seen within 1 s; 15 surfaces at 20 Hz: ` +
        `${converged[name].join(', ')} converged; of a core: idle ${quantile(idle[name], 0.5).toFixed(1)} %, ` +
        `15 surfaces at 1 Hz ${quantile(steady[name], 0.5).toFixed(1)} %`,
    );
  }
}

/** Keeps a process on a core of its own: this one looks without a pause, and would hold the mirror up for as long as a turn lasts. */
function onCore(pid, core) {
  spawnSync('taskset', ['-a', '-cp', String(core), String(pid)]);
}

/** The share of a core that a process takes meanwhile, in percent. */
async function shareWhile(child, work) {
  child.send('begin');
  await work();
  child.send('end');
  const [share] = await once(child, 'message');
  return share;
}

/** Each surface once a second, spread over it. */
async function publishAll(from) {
  for (let index = 0; index < seconds * names.length; index += 1) {
    publish(from, names[index % names.length], 2_000_000 + index);
    await sleep(1000 / names.length);
  }
}

async function visibleAfter(from, to, index) {
  const target = path.join(to, 'state', 'nav.json');
  const text = documentOf('nav', index);
  const begun = performance.now();
  publish(from, 'nav', index);
  while (performance.now() - begun < 1000) {
    if (existsSync(target) && readFileSync(target, 'utf8') === text) return performance.now() - begun;
    await nextTurn();
  }
  return null;
}

/** Publishes all surfaces for a second at 20 Hz; how many copies are the last version half a second later. */
async function burst(from, to) {
  const last = 1_000_000;
  for (let index = last - 20; index <= last; index += 1) {
    for (const surface of names) publish(from, surface, index);
    await sleep(50);
  }
  await sleep(500);
  return names.filter(
    (surface) => readFileSync(path.join(to, 'state', `${surface}.json`), 'utf8') === documentOf(surface, last),
  ).length;
}

async function passes(root) {
  const { createPasses } = await import('../packages/sync/dist/pass.js');
  const [from, to] = [path.join(root, 'many', 'logs'), path.join(root, 'many', 'mirror')];
  mkdirSync(path.join(from, 'state'), { recursive: true });
  for (let index = 0; index < files; index += 1)
    writeFileSync(path.join(from, 'state', `own_${index}.json`), `{"n":${index}}`);
  const passes = createPasses({
    from,
    to,
    now: () => Date.now() / 1000,
    cleanSource: false,
    include: () => true,
    patienceMs: 0,
    strict: false,
    segmentBytes: Infinity,
  });
  const pass = (isPatient) => passes.run({ ledgerBytes: Infinity, isPatient });
  await pass(true);
  await sleep(100);
  await pass(true);
  const hasRsync = spawnSync('rsync', ['--version']).status === 0;
  const copy = path.join(root, 'many', 'rsync');
  if (hasRsync) execFileSync('rsync', ['-a', `${from}/`, `${copy}/`]);
  const times = { sync: [], 'sync --once': [], rsync: [], 'stat loop': [] };
  for (let round = 0; round < rounds * 10; round += 1) {
    times.sync.push(await timed(() => pass(false)));
    times['sync --once'].push(await timed(() => pass(true)));
    times['stat loop'].push(
      await timed(() => {
        for (let index = 0; index < files; index += 1) statSync(path.join(from, 'state', `own_${index}.json`));
      }),
    );
    if (hasRsync && round % 10 === 0)
      times.rsync.push(await timed(() => execFileSync('rsync', ['-a', `${from}/`, `${copy}/`])));
  }
  const base = quantile(times.sync, 0.5);
  for (const [name, list] of Object.entries(times)) {
    if (list.length === 0) continue;
    console.log(
      `  ${name.padEnd(22)} 1,000 unchanged files: median ${quantile(list, 0.5).toFixed(2)} ms, ${(quantile(list, 0.5) / base).toFixed(2)} x sync`,
    );
  }
}

async function timed(work) {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function quantile(values, share) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function publish(from, surface, index) {
  const file = path.join(from, 'state', `${surface}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.tmp`, documentOf(surface, index));
  renameSync(`${file}.tmp`, file);
}

function documentOf(surface, index) {
  const example = path.join(import.meta.dirname, '..', 'schemas', 'examples', surface, 'valid', 'typical.json');
  if (!examples.has(surface)) examples.set(surface, JSON.stringify(JSON.parse(readFileSync(example, 'utf8'))));
  return `${examples.get(surface)}${' '.repeat(index % 7)}\n${' '.repeat(index % 1000)}`;
}
