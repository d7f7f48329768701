export { generateDocs } from './generate.js';
export { planOutput, writeOutput } from './output.js';
export type { Output, Plan } from './output.js';
export type { DocsFinding } from './finding.js';
export { docsRules } from './rules.js';
