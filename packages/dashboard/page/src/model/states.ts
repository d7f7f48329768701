export { stateOrder, stateWords, worse, worst } from '../../../src/view/states.js';
export type { Tone } from '../../../src/view/states.js';
