import { expect, it } from 'vitest';
import { ENCODED, TEXT } from './form.js';
import { createSlotMemory, createSlotReader, createSlotWriter } from './slots.js';

it('gives the newest document, once, and says how many it overtook', () => {
  const { publish, take } = setUp();
  expect(take()).toBeNull();
  expect([publish('one'), publish('two'), publish('three')]).toEqual([false, true, true]);
  expect(take()).toBe('three');
  expect(take()).toBeNull();
  expect(publish('four')).toBe(false);
  expect(take()).toBe('four');
});

it('never writes into the slot that is being read', () => {
  const { writer, reader, publish } = setUp();
  publish('kept');
  const taken = reader.take();
  for (let round = 0; round < 10; round += 1) {
    writer.region().bytes.fill(0x2e);
    publish(`round ${round}`);
  }
  expect(taken?.bytes.toString('latin1', 0, taken.length)).toBe('kept');
});

it('goes on where a reader was lost', () => {
  const { memory, reader, publish } = setUp();
  publish('one');
  reader.take();
  publish('two');
  const next = createSlotReader(memory).take();
  expect(next?.bytes.toString('latin1', 0, next.length)).toBe('two');
});

it('gives again what a reader that was lost had taken and not settled, unless there is a newer one', () => {
  const { memory, reader, publish } = setUp();
  const textOf = (next: ReturnType<typeof createSlotReader>) => {
    const taken = next.take();
    return taken === null ? null : taken.bytes.toString('latin1', 0, taken.length);
  };
  publish('one');
  reader.take();
  const second = createSlotReader(memory);
  expect([textOf(second), textOf(second)]).toEqual(['one', null]);
  publish('two');
  const third = createSlotReader(memory);
  expect([textOf(third), textOf(third)]).toEqual(['two', null]);
  third.settle();
  expect(textOf(createSlotReader(memory))).toBeNull();
});

it('tells in which form a document lies', () => {
  const { writer, reader } = setUp();
  writer.publish(1, TEXT);
  expect(reader.take()?.form).toBe(TEXT);
  writer.publish(1, ENCODED);
  expect(reader.take()?.form).toBe(ENCODED);
});

function setUp() {
  const memory = createSlotMemory(256);
  const writer = createSlotWriter(memory, () => 0);
  const reader = createSlotReader(memory);
  return {
    memory,
    writer,
    reader,
    publish: (text: string) => writer.publish(writer.region().bytes.write(text, 'latin1'), TEXT),
    take: () => {
      const taken = reader.take();
      return taken === null ? null : taken.bytes.toString('latin1', 0, taken.length);
    },
  };
}
