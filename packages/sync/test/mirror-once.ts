import { createSync } from '../src/index.js';

const [from = '', to = ''] = process.argv.slice(2);
await createSync({ from, to }).once();
