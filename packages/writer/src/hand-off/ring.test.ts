import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { ENCODED } from './form.js';
import { createRingMemory, createRingReader, createRingWriter } from './ring.js';

const CAPACITY = 1024;
const SEED = 20_261_128;
const ROUNDS = 20_000;
const RECORDS = 1000;
const MOST_READ = 40;

it('gives back what was handed over, in order, over many turns of the ring', () => {
  const { writer, reader } = setUp();
  const random = seeded(SEED);
  const waiting: string[] = [];
  let full = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    if (random() < 0.6) {
      const text = String(round).padEnd(Math.floor(random() * 200), '.');
      if (offer(writer, text)) waiting.push(text);
      else full += 1;
    } else if (nextOf(reader)) {
      expect(textOf(reader)).toBe(waiting.shift());
      reader.release(reader.position);
    } else expect(waiting).toEqual([]);
  }
  while (nextOf(reader)) expect(textOf(reader)).toBe(waiting.shift());
  expect(waiting).toEqual([]);
  expect(full).toBeGreaterThan(0);
});

it('keeps what was read until its room is given back, and begins there after the reader was lost', () => {
  const { writer, memory } = setUp();
  for (const text of ['one', 'two', 'three']) offer(writer, text);
  const first = createRingReader(memory);
  nextOf(first);
  first.release(first.position);
  nextOf(first);
  const second = createRingReader(memory);
  expect([nextOf(second), textOf(second)]).toEqual([true, 'two']);
});

it('is full where a record does not fit, and takes it once there is room', () => {
  const { writer, reader } = setUp();
  const half = 'x'.repeat(CAPACITY / 2);
  expect([offer(writer, half), offer(writer, half)]).toEqual([true, false]);
  expect(writer.isFull()).toBe(true);
  nextOf(reader);
  reader.release(reader.position);
  expect(offer(writer, half)).toBe(false);
  expect(offer(writer, 'x'.repeat(CAPACITY / 4))).toBe(true);
});

it('gives back the stretch at the end of the memory that a record did not fit in', () => {
  for (const releasedLate of [false, true]) {
    const { writer, reader } = setUp();
    for (const length of [300, 300]) offer(writer, 'x'.repeat(length));
    nextOf(reader);
    reader.release(reader.position);
    expect(offer(writer, 'x'.repeat(500))).toBe(false);
    nextOf(reader);
    const last = reader.position;
    if (!releasedLate) reader.release(last);
    expect(nextOf(reader)).toBe(false);
    if (releasedLate) reader.release(last);
    expect(writer.waiting()).toBe(0);
    expect(offer(writer, 'x'.repeat(900))).toBe(true);
  }
});

it.each(Array.from({ length: 10 }, (_, more) => SEED + more))(
  'gives every record once and in order, however many are read before room is given back (seed %i)',
  (seed) => {
    const { writer, reader } = setUp();
    const random = seeded(seed);
    const upTo = (most: number) => 1 + Math.floor(random() * most);
    const waiting: string[] = [];
    const batch: { readonly position: number; readonly start: number; readonly end: number }[] = [];
    let wraps = 0;
    let last = 0;
    for (let round = 0; round < ROUNDS / 10; round += 1) {
      for (let count = upTo(12); count > 0; count -= 1) {
        // So few lengths that records often begin where others began a turn of the ring before.
        const text = `${round} ${count}`.padEnd(24 + 32 * Math.floor(random() * 5), '.');
        if (offer(writer, text)) waiting.push(text);
      }
      for (let count = upTo(MOST_READ) - batch.length; count > 0 && nextOf(reader); count -= 1) {
        expect(textOf(reader)).toBe(waiting.shift());
        const { at, end, position } = reader;
        if (at < last) wraps += 1;
        last = at;
        batch.push({ position, start: at, end });
      }
      const given = batch.splice(0, random() < 0.3 ? upTo(batch.length + 1) - 1 : batch.length);
      // What is given back is the writer's: whoever still reads it finds nothing there.
      for (const { start, end } of given) reader.bytes.fill(0xee, start, end);
      if (given.length > 0) reader.release(given.at(-1)?.position as number);
    }
    while (nextOf(reader)) expect(textOf(reader)).toBe(waiting.shift());
    reader.release(reader.position);
    expect(waiting).toEqual([]);
    expect(wraps).toBeGreaterThan(100);
    expect(writer.waiting()).toBe(0);
  },
);

it('stops at a goal, whatever was handed over after it was set', () => {
  const { writer, reader } = setUp();
  for (const text of ['one', 'two']) offer(writer, text);
  const goal = reader.head();
  offer(writer, 'three');
  expect([reader.next(goal), reader.next(goal), reader.next(goal)]).toEqual([true, true, false]);
  expect([nextOf(reader), textOf(reader)]).toEqual([true, 'three']);
});

it('counts the bytes that wait', () => {
  const { writer, reader } = setUp();
  expect(writer.waiting()).toBe(0);
  offer(writer, 'x'.repeat(100));
  expect(writer.waiting()).toBe(112);
  nextOf(reader);
  reader.release(reader.position);
  expect(writer.waiting()).toBe(0);
});

it('hands over between threads that do not wait for each other', async () => {
  const { writer, memory } = setUp();
  const worker = new Worker(READER, {
    eval: true,
    execArgv: [],
    workerData: { memory, module: readerModule(), records: RECORDS },
  });
  const result = new Promise<string>((resolve, reject) => worker.once('message', resolve).once('error', reject));
  for (let record = 0; record < RECORDS;) {
    if (offer(writer, `${record} ${'.'.repeat(record % 300)}`)) record += 1;
    else await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await result).toBe('in order');
});

const READER = `
const { parentPort, workerData } = require('node:worker_threads');
import(workerData.module).then(({ createRingReader }) => {
  const reader = createRingReader(workerData.memory);
  const nap = new Int32Array(new SharedArrayBuffer(4));
  for (let record = 0; record < workerData.records; ) {
    if (!reader.next(reader.head())) {
      Atomics.wait(nap, 0, 0, 1);
      continue;
    }
    const text = reader.bytes.toString('latin1', reader.at, reader.end);
    const wanted = record + ' ' + '.'.repeat(record % 300);
    if (text !== wanted) return parentPort.postMessage('at ' + record + ': ' + text);
    reader.release(reader.position);
    record += 1;
  }
  parentPort.postMessage('in order');
});`;

function readerModule(): string {
  return new URL('../../dist/hand-off/ring.js', import.meta.url).href;
}

function setUp() {
  const memory = createRingMemory(CAPACITY);
  return { memory, writer: createRingWriter(memory, () => 0), reader: createRingReader(memory) };
}

function offer(writer: ReturnType<typeof createRingWriter>, text: string): boolean {
  for (const start of [() => writer.begin(Infinity), () => writer.wrap(Infinity)]) {
    const at = start();
    if (at === -1 || at + text.length > writer.region.limit) continue;
    writer.commit(at + writer.region.bytes.write(text, at, 'latin1'), ENCODED);
    return true;
  }
  return false;
}

function nextOf(reader: ReturnType<typeof createRingReader>): boolean {
  return reader.next(reader.head());
}

function textOf({ bytes, at, end }: ReturnType<typeof createRingReader>): string {
  return bytes.toString('latin1', at, end);
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
