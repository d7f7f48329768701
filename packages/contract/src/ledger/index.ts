export { GENERATION_BYTES, generationOfHead } from './generation.js';
