import { validators } from '../generated/validators/writer/index.js';
import type { Finding } from './finding.js';
import type { SurfaceName } from './registry.js';
import { validated } from './validation.js';

/** Validates against the writer view: closed and strict, what may be emitted. Also takes the names of report records. */
export function validateWriterView(surface: SurfaceName | (string & {}), document: unknown): Finding[] {
  return validated(validators[surface], surface, document);
}
