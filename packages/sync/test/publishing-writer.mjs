// publishing-writer.mjs LOGS SEED: publishes a state file at full speed until SIGTERM, and now and then puts an older or a
// torn one in its place. The last one is whole and the newest.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const [logs, seed] = process.argv.slice(2);
const file = path.join(logs, 'state', 'pipeline_v6_shadow_head.json');
const stop = { asked: false };
process.on('SIGTERM', () => (stop.asked = true));
mkdirSync(path.dirname(file), { recursive: true });
let time = 1_700_000_000 + (Number(seed) % 1000);
process.stdout.write('begun\n');
for (let round = 0; !stop.asked; round += 1) {
  time += 0.25;
  put(documentOf(time));
  if (round % 7 === 3) put(documentOf(time - 50));
  if (round % 11 === 5) writeFileSync(file, documentOf(time).slice(0, 40 + (round % 30)));
  await sleep(round % 5 === 0 ? 3 : 1);
}
put(documentOf(time + 1));

function put(text) {
  writeFileSync(`${file}.tmp`, text);
  renameSync(`${file}.tmp`, file);
}

function documentOf(generated) {
  return JSON.stringify({
    total: 3,
    allowed: 2,
    vetoed: 1,
    generated_ts: generated,
    pad: 'y'.repeat(generated % 5000),
  });
}
