import { createSync } from '../src/index.js';

const [from = '', to = ''] = process.argv.slice(2);
createSync({ from, to, intervalMs: 1 }).start();
process.stdout.write('started\n');
