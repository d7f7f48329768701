export type { SyncReport } from './report.js';
export { createSync } from './sync.js';
export type { Sync, SyncOptions } from './sync.js';
