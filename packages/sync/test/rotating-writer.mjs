// rotating-writer.mjs LOGS STYLE LEDGER SEED: appends to a ledger at full speed and rotates it, until SIGTERM.
// STYLE: `renamed` to a time and compressed, `counted` and compressed from the second on, `copied` and truncated.
import {
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  closeSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
} from 'node:fs';
import { statSync, truncateSync, unlinkSync, writeFileSync, writeSync, appendFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

const [logs, style, ledger, seed] = process.argv.slice(2);
const random = seeded(Number(seed));
const directory = path.join(logs, 'execution');
const file = path.join(directory, `${ledger}.jsonl`);
const example = new URL(`../../../schemas/examples/${ledger}/valid/minimal.json`, import.meta.url);
const record = JSON.stringify(JSON.parse(readFileSync(example, 'utf8')));
const stop = { asked: false };
process.on('SIGTERM', () => (stop.asked = true));

mkdirSync(directory, { recursive: true });
let number = 0;
let limit = 0;
let fd = reopen();
process.stdout.write('begun\n');
while (!stop.asked) {
  for (let batch = random(8); batch >= 0; batch -= 1) append();
  if (statSync(file).size > limit) rotate();
  await sleep(random(10) === 0 ? random(20) : 1);
}
closeSync(fd);

function append() {
  const lines = Array.from({ length: 1 + random(20) }, () => {
    number += 1;
    return `${record.slice(0, -1)},"n":"${process.pid}.${number}","pad":"${'x'.repeat(random(300))}"}\n`;
  });
  writeSync(fd, lines.join(''));
}

/** A line that was torn by the end of the process before is ended first. */
function reopen() {
  const isTorn = existsSync(file) && statSync(file).size > 0 && readFileSync(file).at(-1) !== 0x0a;
  if (isTorn) appendFileSync(file, '\n');
  limit = 20_000 + random(200_000);
  return openSync(file, 'a');
}

function rotate() {
  if (style === 'copied') {
    copyFileSync(file, `${file}.tmp`);
    renameSync(`${file}.tmp`, `${file}-${freeTime().replaceAll(/\D/g, '')}`);
    truncateSync(file);
    limit = 20_000 + random(200_000);
    return;
  }
  closeSync(fd);
  if (style === 'renamed') {
    if (random(3) === 0) compress(readdirSync(directory).find(isRotated));
    renameSync(file, path.join(directory, `${ledger}.${freeTime()}.jsonl`));
  } else {
    count();
    if (random(2) === 0) compress(path.basename(`${file}.2`));
  }
  if (random(4) === 0) writeFileSync(file, '');
  fd = reopen();
}

function isRotated(name) {
  return name.startsWith(`${ledger}.2`) && name.endsWith('Z.jsonl');
}

function freeTime() {
  for (let milliseconds = Date.now(); ; milliseconds += 1) {
    const time = new Date(milliseconds).toISOString().replaceAll(/[-:]/g, '');
    if (!readdirSync(directory).some((name) => name.includes(time) || name.includes(time.replaceAll(/\D/g, ''))))
      return time;
  }
}

function count() {
  const counts = readdirSync(directory).flatMap((name) => {
    const match = /^(.+)\.jsonl\.(\d+)(\.gz)?$/.exec(name);
    return match?.[1] === ledger ? [[Number(match[2]), match[3] ?? '']] : [];
  });
  for (const [at, extension] of counts.toSorted(([one], [other]) => other - one))
    renameSync(`${file}.${at}${extension}`, `${file}.${at + 1}${extension}`);
  renameSync(file, `${file}.1`);
}

function compress(name) {
  if (name === undefined || !existsSync(path.join(directory, name))) return;
  const plain = path.join(directory, name);
  const temporary = path.join(directory, `.${name}.gz.${process.pid}.${number}.tmp`);
  const out = openSync(temporary, 'wx');
  writeSync(out, gzipSync(readFileSync(plain), { level: 1 }));
  fsyncSync(out);
  closeSync(out);
  renameSync(temporary, `${plain}.gz`);
  unlinkSync(plain);
}

function seeded(from) {
  let state = from >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
