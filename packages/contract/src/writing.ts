/**
 * What writing needs of the contract, under the names that it has there: no reader views, readings or migrations, which
 * every thread of a writer would load for nothing.
 */
export { deriveFields } from './derive.js';
export { childNode } from './field-node.js';
export { finding, hasErrors, placed, show } from './finding.js';
export { MAX_DOCUMENT_BYTES, MAX_LINE_BYTES } from './json.js';
export { normalise } from './normalise.js';
export { fraction, percentPoints } from './percent.js';
export { segments } from './pointer.js';
export { ledgerNames, registry, stateNames } from './registry.js';
export { validateWriterView } from './validate-writer-view.js';
