import { finding } from '@hedge-telemetry/contract/writing';
import type { Finding, StateName, SurfaceEntry } from '@hedge-telemetry/contract';
import { FAILED, SLACK } from '@hedge-telemetry/contract/encoding';
import { encoderOf } from './encoders.js';
import type { FileThread } from './file-thread.js';
import { ENCODED, TEXT } from './hand-off/form.js';
import { createSlotMemory, createSlotWriter } from './hand-off/slots.js';
import type { SlotWriter } from './hand-off/slots.js';
import { notTaken, TAKEN, taken } from './taken.js';
import type { Result, Prepare } from './taken.js';

/** Where the documents of a surface go. */
export interface StateSink {
  publish(document: unknown): Result;
}

interface StateSinkOptions {
  readonly entry: SurfaceEntry;
  readonly thread: FileThread;
  readonly now: () => number;
  readonly prepare: Prepare;
  /** Counts documents that a newer one overtook before they were read. */
  readonly overtaken: () => void;
}

const FIRST_SIZE = 16 * 1024;
/** Longer documents take the general way. What is encoded in so little room gives no more JSON than a reader accepts. */
const MOST_ENCODED = 128 * 1024;

/** Makes the sink of a state surface. The newest document wins. */
export function createStateSink({ entry, thread, now, prepare, overtaken }: StateSinkOptions): StateSink {
  const surface = entry.name as StateName;
  const encode = encoderOf(entry.name);
  let slots: SlotWriter | null = null;

  function slotsOf(size: number): SlotWriter {
    if (slots !== null && slots.size >= size) return slots;
    const memory = createSlotMemory(Math.max(size, 2 * (slots?.size ?? FIRST_SIZE / 2)));
    thread.send({ slots: memory, surface });
    slots = createSlotWriter(memory, now);
    return slots;
  }

  function encoded(document: unknown): boolean {
    for (let size = Math.min(slots?.size ?? FIRST_SIZE, MOST_ENCODED); size <= MOST_ENCODED; size *= 2) {
      const writer = slotsOf(size);
      const region = writer.region();
      region.limit = Math.min(writer.size, MOST_ENCODED) - SLACK;
      region.full = false;
      const end = encode(document, 0, region);
      if (end !== FAILED) {
        hand(writer, end, ENCODED);
        return true;
      }
      if (!region.full) return false;
    }
    return false;
  }

  function hand(writer: SlotWriter, length: number, form: number): void {
    if (writer.publish(length, form)) overtaken();
    thread.ring();
  }

  /** Null where it was handed over; a finding where there is no memory for it. */
  function publishText(text: string): Finding | null {
    const length = Buffer.byteLength(text);
    try {
      const writer = slotsOf(roundUp(length));
      hand(writer, writer.region().bytes.write(text), TEXT);
      return null;
    } catch (error) {
      const expected = `memory for three times ${length} bytes`;
      return finding('file-too-large', { surface, expected, actual: error instanceof Error ? error.message : 'none' });
    }
  }

  return {
    publish(document) {
      if (isEncoded(() => encoded(document))) return TAKEN;
      const { text, findings, nonFinite } = prepare(entry, document);
      if (text === null) return notTaken(findings, nonFinite, 'refused');
      const tooLarge = publishText(text);
      return tooLarge === null ? taken(findings, nonFinite) : notTaken([...findings, tooLarge], nonFinite, 'refused');
    },
  };
}

/** What a document throws when it is read is left to the general way. */
function isEncoded(attempt: () => boolean): boolean {
  try {
    return attempt();
  } catch {
    return false;
  }
}

function roundUp(size: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(size, FIRST_SIZE)));
}
