// mirror-child.mjs FROM TO [once|follow [SEGMENT_BYTES]]: mirrors once, or until it is killed; prints a line when it has begun.
import { createSync } from '../dist/index.js';

const [from, to, mode, segmentBytes = 'Infinity'] = process.argv.slice(2);
const sync = createSync({ from, to, intervalMs: 1, segmentBytes: Number(segmentBytes) });
if (mode === 'once') await sync.once();
else sync.start();
process.stdout.write('begun\n');
