export { createEwma } from './ewma.js';
export type { Ewma } from './ewma.js';
export { createNumberWindow } from './number-window.js';
export type { NumberWindow, NumberWindowOptions, WindowSnapshot } from './number-window.js';
export { percentile, percentileOfSorted, sortedFinite } from './percentile.js';
export { createRollingWindow } from './rolling-window.js';
export type { RollingWindow, RollingWindowOptions } from './rolling-window.js';
export { safeJson, safeJsonLimits } from './safe-json.js';
