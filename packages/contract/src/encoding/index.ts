import type { SurfaceEntry } from '../registry.js';
import { createDecoderOf } from './decode.js';
import type { Decoder } from './decode.js';
import { putRoot } from './encode.js';
import { planRoot } from './plan.js';
import { layOut } from './table.js';
import type { Region } from './region.js';
import type { Screen } from './screen.js';

export type { Cursor, Decoder } from './decode.js';
export { createRegion, FAILED, SLACK } from './region.js';
export { escapedBreaks } from './read-text.js';
export type { Region } from './region.js';
export { openScreen } from './screen.js';
export type { Judge, Place, Screen } from './screen.js';
export { createSink, putByte, putBytes, putJson } from './sink.js';
export type { Sink } from './sink.js';

/**
 * Writes a document, or a record, of a surface into a region from a position on; gives the position behind it. FAILED
 * where the document is not valid, or needs what only the general way does: findings, a repair, a conversion. What it
 * writes is valid in the writer view, with tag, time and derived fields filled in. Does not change the document.
 * Throws only what the document throws when it is read.
 */
export type Encoder = (document: unknown, at: number, region: Region) => number;

/** Makes the encoders of surfaces, in their order. Those that are used together are made together. */
export function createEncoders(entries: readonly SurfaceEntry[]): readonly Encoder[] {
  const { table, fields } = layOut(entries.map(planRoot));
  return fields.map((field) => (document, at, region) => putRoot(table, field, document, at, region));
}

/** Makes the decoder of a surface, with a screen that judges what it reads. */
export function createDecoder(entry: SurfaceEntry, screen: Screen): Decoder {
  return createDecoderOf(planRoot(entry), screen, entry.kind === 'ledger');
}
