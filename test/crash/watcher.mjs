// watcher.mjs: reads the state files of the directories named on its standard input, in a tight loop, and says what was
// wrong with them. Input: `+DIR` begins, `-DIR` ends (answered by the same line). Ends with its input.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseJson, registry, validateWriterView } from '@hedge-telemetry/contract';
import { surfaces, versionOf } from './records.mjs';

/** Newest version seen, by file. */
const seen = new Map();
const watched = new Set();
let reads = 0;
const input = createInterface({ input: process.stdin });

input.on('line', (line) => {
  if (line.startsWith('+')) watched.add(line.slice(1));
  else watched.delete(line.slice(1));
  say(line);
});

while (!process.stdin.readableEnded) {
  for (const dir of watched) for (const surface of surfaces) look(surface, path.join(dir, registry[surface].file));
  await new Promise((resolve) => (watched.size === 0 ? setTimeout(resolve, 1) : setImmediate(resolve)));
}
say(`reads ${reads}`);

function look(surface, file) {
  const fault = faultOf(surface, file);
  if (fault !== null) say(`! ${file}: ${fault}`);
}

function faultOf(surface, file) {
  const bytes = bytesOf(file);
  if (bytes === null) return seen.has(file) ? 'the file was gone' : null;
  reads += 1;
  const parsed = parseJson(bytes);
  if (!parsed.ok) return `torn: ${bytes.length} bytes that do not parse`;
  const findings = validateWriterView(surface, parsed.value);
  if (findings.length > 0) return `invalid: ${JSON.stringify(findings[0])}`;
  const version = versionOf(surface, parsed.value);
  if (version === null) return 'two versions in one document';
  const before = seen.get(file) ?? 0;
  seen.set(file, version);
  return version < before ? `version ${version} after ${before}` : null;
}

function bytesOf(file) {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
