import { createHash } from 'node:crypto';

import { signature } from './stacks.js';
import type { Frame } from './stacks.js';

const FRAMES = 3;
const LONGEST = 1024;

/** What identifies an error: its kind, its message and where it was raised. The message must already be scrubbed. */
export interface ErrorIdentity {
  readonly name: string;
  readonly message: string;
  readonly frames: readonly Frame[];
}

/**
 * 16 hex digits that are equal for the same error whatever values, paths and line numbers it carries: hashed are the
 * name, the message with its numbers, quotations, paths, symbols and long tokens taken out, and the function and file
 * name of the three topmost frames.
 */
export function fingerprint({ name, message, frames }: ErrorIdentity): string {
  const parts = [name, template(message), ...frames.slice(0, FRAMES).map(signature)];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}

/** A message without its values. */
export function template(message: string): string {
  return message
    .slice(0, LONGEST)
    .replace(/\[redacted:[a-z-]+\]/g, '<v>')
    .replace(/"[^"\n]*"|'[^'\n]*'|`[^`\n]*`/g, '<v>')
    .replace(/[a-z][a-z0-9+.-]{1,20}:\/\/\S+/gi, '<v>')
    .replace(/(?:[A-Za-z]:)?[\w.-]*[\\/][\w.\\/-]*/g, '<v>')
    .replace(/\b\d[\w.:-]*|\b0x[0-9a-f]+\b|\b[0-9a-f]{8,}\b/gi, '<v>')
    .replace(/\b[A-Z0-9]{2,12}(?:USDT|USDC|BUSD|USD|PERP|BTC|ETH|BNB)\b/g, '<v>')
    .replace(/\b(?=\w*\d)\w{12,}\b/g, '<v>')
    .replace(/[-+]?<v>(?:[\s,.:;/-]*[-+]?<v>)*/g, '<v>')
    .trim();
}
