// mirror-child.mjs FROM TO [once]: mirrors until it is killed, or once; prints a line when it has begun.
import { createSync } from '../dist/index.js';

const [from, to, mode] = process.argv.slice(2);
const sync = createSync({ from, to, intervalMs: 1 });
if (mode === 'once') await sync.once();
else sync.start();
process.stdout.write('begun\n');
