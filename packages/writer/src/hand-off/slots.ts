import { createRegion } from '@hedge-telemetry/contract/encoding';
import type { Region } from '@hedge-telemetry/contract/encoding';
import { HEADER } from './form.js';

/**
 * Memory of one state surface: three slots of which the caller's thread writes one, the file thread reads another, and the
 * third holds the newest document in between. Nobody waits, and a document that was overtaken is never read.
 */
export interface SlotMemory {
  readonly memory: SharedArrayBuffer;
  /** Bytes of a slot. */
  readonly size: number;
}

/** The slot in between, with NEW where it holds a document that was not read. */
const MIDDLE = 0;
const NEW = 4;
/** The slot that the file thread reads. */
const FRONT = 1;
/** 1 while the document in the front slot was taken and is not in its file. */
const UNSETTLED = 2;
/** Length and form of the document in each slot. */
const LENGTHS = 4;
const FORMS = 8;
const SLOTS = [0, 1, 2];
const SLOT = 3;

export function createSlotMemory(size: number): SlotMemory {
  const memory = new SharedArrayBuffer(HEADER + SLOTS.length * size);
  const words = new Int32Array(memory, 0, HEADER / 4);
  words[MIDDLE] = 1;
  words[FRONT] = 2;
  return { memory, size };
}

/** The side of the caller's thread. */
export interface SlotWriter {
  readonly size: number;
  /** Where the next document goes, from position 0 on. */
  region(): Region;
  /** Hands over what lies in the region. True where the document before was overtaken. */
  publish(length: number, form: number): boolean;
}

export function createSlotWriter({ memory, size }: SlotMemory, now: () => number): SlotWriter {
  const words = new Int32Array(memory, 0, HEADER / 4);
  const regions = SLOTS.map((slot) => createRegion(memory, now, HEADER + slot * size, size));
  let back = 0;
  return {
    size,
    region: () => regions[back] as Region,
    publish(length, form) {
      words[LENGTHS + back] = length;
      words[FORMS + back] = form;
      const before = Atomics.exchange(words, MIDDLE, back | NEW);
      back = before & SLOT;
      return (before & NEW) !== 0;
    },
  };
}

/** A document in its slot, which stays as it is until the next one is taken. */
export interface Taken {
  readonly form: number;
  readonly length: number;
  readonly bytes: Buffer;
  readonly view: DataView;
  /** It overtook one that was lost with the reader before. */
  readonly overtook: boolean;
}

/** The side of the file thread. */
export interface SlotReader {
  /** The newest document; null where it was taken already, and settled by this reader or not lost with another. */
  take(): Taken | null;
  /** What was taken last needs no more work. */
  settle(): void;
}

export function createSlotReader({ memory, size }: SlotMemory): SlotReader {
  const words = new Int32Array(memory, 0, HEADER / 4);
  const slots = SLOTS.map((slot) => ({
    bytes: Buffer.from(memory as unknown as ArrayBuffer, HEADER + slot * size, size),
    view: new DataView(memory, HEADER + slot * size, size),
  }));
  /** The reader before took a document, and ended before it was settled. */
  let isLost = words[UNSETTLED] === 1;
  return {
    settle() {
      words[UNSETTLED] = 0;
    },
    take() {
      const isNew = (Atomics.load(words, MIDDLE) & NEW) !== 0;
      if (!isNew && !isLost) return null;
      const overtook = isNew && isLost;
      isLost = false;
      const front = isNew ? Atomics.exchange(words, MIDDLE, words[FRONT] as number) & SLOT : (words[FRONT] as number);
      words[FRONT] = front;
      words[UNSETTLED] = 1;
      const slot = slots[front] as (typeof slots)[number];
      return { ...slot, form: words[FORMS + front] as number, length: words[LENGTHS + front] as number, overtook };
    },
  };
}
