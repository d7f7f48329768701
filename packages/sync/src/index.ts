export { includeOf } from './include.js';
export type { Include } from './include.js';
export type { SyncReport } from './report.js';
export { createSync } from './sync.js';
export type { Sync, SyncOptions } from './sync.js';
