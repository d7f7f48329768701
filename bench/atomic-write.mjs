/**
 * What it takes to replace a state file: the writer's target in its three modes beside the bare calls of node:fs with the
 * same guarantees, write-file-atomic and atomically, on a tmpfs and on a disk. All candidates take turns in one run;
 * times are per write, ratios are to the bare calls. `--quick` takes fewer rounds. `--disk DIR` names the disk (default:
 * the system's directory for temporary files), `--memory DIR` the tmpfs.
 */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { writeFileSync as atomically } from 'atomically';
import writeFileAtomic from 'write-file-atomic';

import { createStateTarget } from '../packages/writer/dist/disk/state-target.js';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    disk: { type: 'string', default: tmpdir() },
    memory: { type: 'string', default: '/dev/shm' },
  },
});
const rounds = values.quick ? 60 : 600;
const warmUp = values.quick ? 200 : 2000;
const sizes = { '1 KB': 1024, '25 KB': 25 * 1024 };

/** The bare calls: no check of counts, no care for links, no clean-up. */
function bare(file, { file: syncFile, directory }) {
  let counter = 0;
  return (bytes) => {
    const temporary = `${file}.${(counter += 1)}`;
    const fd = fs.openSync(temporary, 'wx');
    fs.writeSync(fd, bytes);
    if (syncFile) fs.fsyncSync(fd);
    fs.closeSync(fd);
    fs.renameSync(temporary, file);
    if (!directory) return;
    const parent = fs.openSync(path.dirname(file), 'r');
    fs.fsyncSync(parent);
    fs.closeSync(parent);
  };
}

function target(file, mode) {
  const state = createStateTarget({ file, shown: file, surface: 'nav', mode });
  return (bytes) => {
    const { outcome, finding } = state.put(bytes);
    if (outcome !== 'written') throw new Error(finding?.message ?? outcome);
  };
}

/** Who does it, by what survives a power loss. The first of each group is what the others are compared with. */
const groups = {
  fast: {
    'bare calls': (file) => bare(file, { file: false, directory: false }),
    'state target': (file) => target(file, 'fast'),
    'write-file-atomic': (file) => (bytes) => writeFileAtomic.sync(file, bytes, { fsync: false }),
    atomically: (file) => (bytes) => atomically(file, bytes, { fsync: false }),
  },
  atomic: {
    'bare calls': (file) => bare(file, { file: true, directory: false }),
    'state target': (file) => target(file, 'atomic'),
    'write-file-atomic': (file) => (bytes) => writeFileAtomic.sync(file, bytes),
    atomically: (file) => (bytes) => atomically(file, bytes),
  },
  durable: {
    'bare calls': (file) => bare(file, { file: true, directory: true }),
    'state target': (file) => target(file, 'durable'),
  },
};

within(values.memory, (directory) => run(candidatesIn(directory), Buffer.alloc(1024, 'x'), warmUp));
console.log(`${rounds} rounds, every candidate once a round, in an order that rotates; microseconds a write`);
for (const [place, directory] of [
  [`tmpfs (${values.memory})`, values.memory],
  [`disk (${values.disk})`, values.disk],
])
  for (const [size, length] of Object.entries(sizes)) measure(`${place}, ${size}`, directory, length);

function measure(title, place, length) {
  within(place, (directory) => {
    const candidates = candidatesIn(directory);
    run(candidates, Buffer.alloc(length, 'x'), rounds);
    console.log(`\n${title}`);
    for (const candidate of candidates) print(candidate, candidates);
  });
}

function within(place, work) {
  const directory = fs.mkdtempSync(path.join(place, 'bench-atomic-'));
  try {
    work(directory);
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
}

function candidatesIn(directory) {
  return Object.entries(groups).flatMap(([group, members]) =>
    Object.entries(members).map(([name, make], index) => ({
      group,
      name,
      write: make(path.join(directory, `${group}-${index}.json`)),
      times: [],
    })),
  );
}

/** The bytes differ in every round, so that nobody can leave the file as it is. */
function run(candidates, bytes, count) {
  for (let round = 0; round < count; round += 1) {
    bytes.writeUInt32LE(round, 0);
    for (let turn = 0; turn < candidates.length; turn += 1) {
      const { write, times } = candidates[(turn + round) % candidates.length];
      const start = performance.now();
      write(bytes);
      times.push(performance.now() - start);
    }
  }
}

function print({ group, name, times }, candidates) {
  const base = candidates.find((other) => other.group === group);
  const cells = [
    `  ${group.padEnd(8)} ${name.padEnd(18)}`,
    (quantile(times, 0.5) * 1000).toFixed(1).padStart(9),
    `  p99 ${(quantile(times, 0.99) * 1000).toFixed(1)}`.padEnd(16),
    `${(quantile(times, 0.5) / quantile(base.times, 0.5)).toFixed(2)} x bare`,
  ];
  console.log(cells.join(''));
}

function quantile(times, share) {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];
}
