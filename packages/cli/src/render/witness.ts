import { plainJson } from './plain-json.js';
import { safe } from './safe.js';

const SHOWN_LENGTH = 160;

/** A document as one short line of text. */
export function witnessText(witness: unknown): string {
  const text = safe(plainJson(witness));
  return text.length > SHOWN_LENGTH ? `${safe(text.slice(0, SHOWN_LENGTH - 1))}…` : text;
}
