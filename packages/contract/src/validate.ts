import { validators as legacyValidators } from '../generated/validators/legacy/index.js';
import { validators as readerValidators } from '../generated/validators/reader/index.js';
import { validators as releasedValidators } from '../generated/validators/released/index.js';
import type { Validator } from '../generated/validators/writer/index.js';
import type { Finding } from './finding.js';
import type { SurfaceName } from './registry.js';
import { validated } from './validation.js';

/** Reader views of older major versions, by surface and major. */
const older = olderValidators();

/** Validates against the reader view: unknown keys are no error. */
export function validateReaderView(surface: SurfaceName, document: unknown): Finding[] {
  return validated(readerValidators[surface], surface, document);
}

/** Validates against the reader view of a major version: that of the canonical schema where no older one has this number. */
export function validateMajor(surface: SurfaceName, major: number, document: unknown): Finding[] {
  return validated(older.get(surface)?.get(major) ?? readerValidators[surface], surface, document);
}

/** Validates against the schema of a legacy dialect. */
export function validateDialect(surface: SurfaceName, dialect: string, document: unknown): Finding[] {
  return validated(legacyValidators[`${surface}/${dialect}`], surface, document);
}

function olderValidators(): ReadonlyMap<string, ReadonlyMap<number, Validator>> {
  const bySurface = new Map<string, Map<number, Validator>>();
  for (const [key, validate] of Object.entries(releasedValidators)) {
    const [surface = '', major = ''] = key.split('/v');
    bySurface.set(surface, (bySurface.get(surface) ?? new Map<number, Validator>()).set(Number(major), validate));
  }
  return bySurface;
}
