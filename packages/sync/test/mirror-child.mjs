// mirror-child.mjs FROM TO [once|report|follow [SEGMENT_BYTES]]: mirrors once, or until it is killed; prints the report,
// or a line when it has begun.
import { createSync } from '../dist/index.js';

const [from, to, mode, segmentBytes = 'Infinity'] = process.argv.slice(2);
const sync = createSync({ from, to, intervalMs: 1, segmentBytes: Number(segmentBytes) });
const report = mode === 'follow' ? null : await sync.once();
if (report === null) sync.start();
process.stdout.write(mode === 'report' ? JSON.stringify(report) : 'begun\n');
