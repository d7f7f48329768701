export type { ErrorRecord } from './errors.js';
export type { RedactionFinding, SecretKind, ShapeKind } from './kinds.js';
export { defaultLimits } from './limits.js';
export type { Limits } from './limits.js';
export { redact } from './redact.js';
export { createRedactor } from './redactor.js';
export type { Redacted, Redactor, RedactorOptions } from './redactor.js';
