/**
 * Judges the corpus of schema pairs and prints, per file and in all, how many answers are right, undecided,
 * disagreeing and unsound, how long a pair takes, and the same for three other checkers.
 *
 * TELEMETRY_CORPUS names the corpus directory (../shared/corpus beside the repository unless set). `--list` prints
 * every answer that is not the corpus's own; `--no-peers` leaves the other checkers out. Times are those of a second
 * pass: in the first one the engine compiles the checker itself.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { peers } from './peers.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const repository = path.resolve(here, '../../..');
const corpus = path.resolve(process.env.TELEMETRY_CORPUS ?? path.join(repository, '../shared/corpus'), 'compat');
const built = path.join(here, '../dist/index.js');
const classes = ['correct', 'unknown', 'disagreeing', 'unsound', 'unjudged'];
const list = process.argv.includes('--list');

if (!existsSync(corpus)) fail(`no corpus at ${corpus}: set TELEMETRY_CORPUS to the directory that holds compat/`);
if (!existsSync(built)) fail('not built: run `npx tsc -b packages/compat` first');

const { compareSchemas } = await import(built);
const files = readdirSync(corpus)
  .filter((name) => name.endsWith('.jsonl'))
  .toSorted();
const cases = files.flatMap((file) => read(file));

await report('compat', (old, next) => {
  const { backward, forward } = compareSchemas(old, next);
  return { backward: backward.answer, forward: forward.answer };
});
if (!process.argv.includes('--no-peers')) for (const [name, judge] of Object.entries(peers)) await report(name, judge);

function read(file) {
  const lines = readFileSync(path.join(corpus, file), 'utf8').split('\n');
  return lines.filter(Boolean).map((line) => ({ file, ...JSON.parse(line) }));
}

async function report(name, judge) {
  const tables = new Map(files.map((file) => [file, Object.fromEntries(classes.map((key) => [key, 0]))]));
  const times = [];
  for (const one of cases) await attempt(judge, one);
  for (const one of cases) {
    const begun = performance.now();
    const answers = await attempt(judge, one);
    times.push(performance.now() - begun);
    for (const direction of ['backward', 'forward']) {
      const verdict = classify(one[direction].truth, answers[direction]);
      tables.get(one.file)[verdict] += 1;
      if (list && name === 'compat' && !['correct', 'unjudged'].includes(verdict)) {
        console.log(`${verdict}\t${one.id}\t${direction}\ttruth ${one[direction].truth}`);
      }
    }
  }
  print(name, tables, times);
}

async function attempt(judge, { old, new: next }) {
  try {
    return await judge(structuredClone(old), structuredClone(next));
  } catch {
    return { backward: 'unknown', forward: 'unknown' };
  }
}

function classify(truth, answer) {
  if (truth === null) return 'unjudged';
  if (answer === 'unknown') return 'unknown';
  if ((answer === 'compatible') === truth) return 'correct';
  return answer === 'compatible' ? 'unsound' : 'disagreeing';
}

function print(name, tables, times) {
  const total = Object.fromEntries(
    classes.map((key) => [key, [...tables.values()].reduce((sum, table) => sum + table[key], 0)]),
  );
  console.log(`\n${name}`);
  console.log(row(['file', ...classes]));
  for (const [file, table] of tables) console.log(row([file, ...classes.map((key) => table[key])]));
  console.log(row(['total', ...classes.map((key) => total[key])]));
  const judged = classes.slice(0, 4).reduce((sum, key) => sum + total[key], 0);
  const share = ((100 * total.correct) / judged).toFixed(2);
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part) => sorted[Math.floor((sorted.length - 1) * part)].toFixed(2);
  console.log(`${share} % right of ${judged} judged; median ${at(0.5)} ms, p95 ${at(0.95)} ms a pair`);
}

function row(cells) {
  return cells.map((cell, index) => (index === 0 ? String(cell).padEnd(36) : String(cell).padStart(12))).join('');
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
