// publish-child.mjs DIR RUN ROUNDS: publishes and appends in rounds; prints `acknowledged N` after each flush and the last result.
import { createWriter } from '../dist/index.js';

const [dir, run, rounds] = process.argv.slice(2);
const writer = createWriter({ dir });
const last = rounds === 'forever' ? Infinity : Number(rounds);

function nav(total) {
  const assets = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`ASSET${index}`, total + index / 7]));
  return {
    nav_total: total,
    nav_age_s: 1.5,
    sources_ok: true,
    aum: { futures: total, offexchange: {}, total },
    nav_health_snapshot: { age_s: 1.5, sources_ok: true },
    updated_at: 1_764_000_000.25,
    nav_detail: { source: 'live', nav_mode: 'live_wallet', fresh: true, total_nav: total, assets, conversions: {} },
  };
}

let result = { ok: true, findings: [] };
for (let round = 1; round <= last; round += 1) {
  for (const taken of [
    writer.publish('nav', nav(round)),
    writer.publish('positions', []),
    ...Array.from({ length: 20 }, (_, index) =>
      writer.append('nav_history', { ts: Number(run), nav_total: (round - 1) * 20 + index }),
    ),
  ])
    if (!taken.ok) throw new Error(JSON.stringify(taken));
  if (round % 3 === 0 || round === last) {
    result = await writer.flush();
    process.stdout.write(`acknowledged ${round * 20}\n`);
  } else await new Promise((resolve) => setImmediate(resolve));
}
await writer.close();
process.stdout.write(`${JSON.stringify(result)}\n`);
