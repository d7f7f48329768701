export { compareDirection, compareSchemas, type CompareOptions, type Comparison, type Direction } from './compare.js';
export type { Dialect } from './dialect.js';
export type { DirectionName, Finding } from './findings/finding.js';
export { rules, type Effect, type Rule } from './findings/rules.js';
export type { Json, JsonObject } from './json.js';
