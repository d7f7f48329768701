#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/main.js', import.meta.url);

if (existsSync(main)) {
  const { run } = await import(main.href);
  process.exitCode = await run(process.argv);
} else {
  process.stderr.write('hedge-telemetry is not built yet: run "npm run build" in the repository.\n');
  process.exitCode = 1;
}
