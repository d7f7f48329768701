import { join } from 'node:path';

import { finding, MAX_LINE_BYTES, parseJson, placed } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';
import { createLineSplitter, openRegular, readRegular } from '@hedge-telemetry/reader';

import { createObservation, observe } from './observe.js';
import type { Observation } from './observe.js';

/** What the documents or lines of a file showed. */
export interface Samples {
  readonly seen: Observation;
  /** Documents or lines that were read. */
  readonly count: number;
  readonly findings: readonly Finding[];
}

/** So much of a ledger is looked at, in bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Reads a state file or a ledger below `dir`. A line that is no JSON is a finding, and the others count. Never rejects. */
export async function readSamples(dir: string, path: string): Promise<Samples> {
  const file = join(dir, path);
  return path.endsWith('.jsonl') ? ofLines(dir, file) : ofDocument(dir, file);
}

async function ofDocument(dir: string, file: string): Promise<Samples> {
  const seen = createObservation();
  const read = await readRegular(file, dir);
  const parsed = read.ok ? parseJson(read.bytes) : read;
  if (!parsed.ok) return { seen, count: 0, findings: placed([parsed.finding], { file }) };
  observe(seen, parsed.value);
  return { seen, count: 1, findings: [] };
}

async function ofLines(dir: string, file: string): Promise<Samples> {
  const seen = createObservation();
  const opened = await openRegular(file, dir);
  if (!opened.ok) return { seen, count: 0, findings: placed([opened.finding], { file }) };
  const findings: Finding[] = [];
  let count = 0;
  let line = 0;
  try {
    const splitter = createLineSplitter(0);
    for await (const chunk of opened.handle.createReadStream({ end: MOST_BYTES - 1 })) {
      for (const { bytes } of splitter.push(chunk as Buffer)) {
        line += 1;
        const parsed = bytes === null ? tooLong() : parseJson(bytes);
        if (!parsed.ok) findings.push(...placed([parsed.finding], { file, line }));
        else {
          count += 1;
          observe(seen, parsed.value);
        }
      }
    }
  } catch (error) {
    const actual = error instanceof Error && 'code' in error ? String(error.code) : 'an error';
    findings.push(finding('file-unreadable', { file, expected: 'a readable ledger', actual }));
  }
  return { seen, count, findings };
}

function tooLong(): { readonly ok: false; readonly finding: Finding } {
  return { ok: false, finding: finding('line-too-long', { expected: `at most ${MAX_LINE_BYTES} bytes` }) };
}
