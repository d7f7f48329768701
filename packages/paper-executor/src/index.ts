export { simulatedSurfaces } from './documents/publish-all.js';
export { createPaperExecutor } from './executor.js';
export type { PaperExecutor, RunSummary, StepSummary, Tally } from './executor.js';
export { DEFAULT_SYMBOLS, paperOptionsFromEnv } from './options.js';
export type { EnvironmentOptions, PaperExecutorOptions } from './options.js';
