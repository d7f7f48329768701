/** Syncs a directory to a NATS server until it is killed, and prints a line for every pass that did something. */
import { createNatsSink, createRemoteSync } from '@hedge-telemetry/fleet';

const [from, servers, executor] = process.argv.slice(2);

const sync = createRemoteSync({
  from,
  executor,
  sink: createNatsSink({ servers, timeoutMs: 2000 }),
  onPass: ({ lines, stopped }) => {
    if (lines > 0 || stopped !== null) console.log(JSON.stringify({ lines, stopped }));
  },
});
sync.start();
