import { createLineSplitter } from '@hedge-telemetry/reader';
import type { Line } from '@hedge-telemetry/reader';

/** All bytes of standard input, or null where there are more than `limit`. */
export async function readStdin(limit: number): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stdinChunks()) {
    length += chunk.length;
    if (length > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The lines of standard input as they arrive; the last one needs no newline. */
export async function* stdinLines(): AsyncGenerator<Line, void, undefined> {
  const splitter = createLineSplitter(0);
  for await (const chunk of stdinChunks()) yield* splitter.push(chunk);
  const rest = splitter.rest();
  if (rest !== null) yield rest;
}

async function* stdinChunks(): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of process.stdin) yield Buffer.from(chunk);
}
