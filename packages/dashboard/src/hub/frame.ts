import type { StreamMessages } from '../api/types.js';

/** One message of the event stream, made once for all its readers. */
export interface Frame {
  readonly event: keyof StreamMessages;
  readonly bytes: Buffer;
}

/** Makes a frame. An `id` is what a reader that comes back names as the last thing it saw. */
export function frameOf<E extends keyof StreamMessages>(event: E, message: StreamMessages[E], id?: string): Frame {
  const head = id === undefined ? '' : `id: ${id}\n`;
  return { event, bytes: Buffer.from(`${head}event: ${event}\ndata: ${jsonOf(message)}\n\n`) };
}

/** JSON in one line; an integer that a number cannot hold becomes a text of digits. */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? String(each) : each));
}
