import { readFileSync } from 'node:fs';
import path from 'node:path';
import { builtWriter } from './writer-copy.js';

const declarations = readFileSync(path.join(path.dirname(builtWriter), 'writer.d.ts'), 'utf8');

/** What the public declarations of the compiled writer offer. */
export const features: {
  /** The option `durability`, and `flush({ durable: true })`. */
  readonly durability: boolean;
  /** A writer removes the temporary files of one that was killed. */
  readonly sweepsLeftovers: boolean;
} = { durability: declarations.includes('durability'), sweepsLeftovers: declarations.includes('durability') };
