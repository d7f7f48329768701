// What a dashboard or a script does with telemetry: node telemetry/read.mjs
import { createReader } from '@hedge-telemetry/reader';

const reader = createReader({ dir: process.env.LOGS_DIR ?? '__LOGS__' });

// A value is known, with its age, or its state says why it is not. Never put 0 in place of what is not known.
const nav = await reader.read('nav');
const total = nav.readings.nav_total;
const isKnown = total.state === 'fresh' || total.state === 'stale';
console.log(
  `NAV: ${isKnown ? `${total.value} USD` : total.state} (${nav.state}, age ${nav.age_s?.toFixed(1) ?? 'unknown'} s)`,
);

for await (const { record, findings } of reader.tail('events')) {
  if (record !== null) console.log(`${record.ts} ${record.type} ${record.symbol ?? ''}`);
  for (const { level, message } of findings) console.error(`${level}: ${message}`);
}
