export { buildSite } from './build.js';
export type { BuildOptions, BuiltSite } from './build.js';
