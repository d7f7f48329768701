import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { registry } from '@hedge-telemetry/contract';
import { runChild } from './file-calls.js';
import { problemOf } from './ledger-check.js';
import { createModelDisk } from './model-disk.js';
import type { ModelDisk } from './model-disk.js';
import { testimonyOf } from './oracle.js';
import type { Testimony } from './oracle.js';
import { ledgers, surfaces } from './records.mjs';
import type { Ledger, Surface } from './records.mjs';
import { recordedCalls } from './recorded-calls.js';
import { wholeVersionOf } from './state-check.js';
import type { Bench } from './strike.js';

/** What a writer promises for the time after a power loss. */
export interface Promised {
  /** No state file is ever torn. */
  readonly whole: boolean;
  /** What a flush covered is there. */
  readonly flushed: boolean;
}

/** What the crash states of a run showed. */
export interface CrashStates {
  readonly states: number;
  readonly violations: readonly string[];
}

/** How the writer is created and flushed. */
export interface WriterSettings {
  readonly options?: object;
  readonly flush?: readonly object[];
}

interface View {
  readonly dir: string;
  readonly disk: ModelDisk;
  readonly heard: Testimony;
  readonly promise: Promised;
}

const ROUNDS = 4;

/**
 * Records the file calls of a writer, and looks at every state in which a crash after each of them could leave its files:
 * the method of "All File Systems Are Not Created Equal" (OSDI 2014).
 */
export async function crashStates(
  bench: Bench,
  promise: Promised,
  settings: WriterSettings = {},
): Promise<CrashStates> {
  const home = mkdtempSync(path.join(tmpdir(), 'crash-states-'));
  const [dir, marks, record] = ['logs', 'marks', 'record'].map((each) => path.join(home, each)) as [
    string,
    string,
    string,
  ];
  const job = { writer: bench.module, dir, marks, life: 1, rounds: ROUNDS, ...settings };
  const variables = { LD_PRELOAD: bench.library, FILE_CALLS_DIR: home, FILE_CALLS_RECORD: record };
  const { said, stderr } = await runChild('fault-child.mjs', job, variables);
  const disk = createModelDisk();
  const found = new Set(said.includes('\nj ') ? [] : [`the writer did not come to its end: ${stderr}`]);
  let states = 0;
  const made = new Set<string>();
  for (const call of recordedCalls(readFileSync(record, 'utf8'))) {
    disk.play(call);
    if (call.call === 'open' && call.create && call.path.endsWith('.tmp')) {
      if (made.has(call.path)) found.add(`${path.basename(call.path)} is made twice`);
      made.add(call.path);
    }
    const view = { dir, disk, promise, heard: testimonyOf(disk.afterKill(marks) ?? '') };
    for (const result of [
      ...surfaces.map((each) => stateOf(view, each)),
      ...ledgers.map((each) => ledgerOf(view, each)),
    ]) {
      states += result.states;
      for (const each of result.violations) found.add(each);
    }
  }
  rmSync(home, { recursive: true });
  return { states, violations: [...found] };
}

function stateOf({ dir, disk, heard, promise }: View, surface: Surface): CrashStates {
  const file = path.join(dir, registry[surface].file);
  const problem = (text: string | null, least: number): string | null => {
    const version = text === null ? 0 : wholeVersionOf(surface, Buffer.from(text, 'latin1'));
    if (version === null) return `${surface} is torn: ${text?.length} bytes`;
    return version < least ? `${surface} holds version ${version}, though ${least} was flushed` : null;
  };
  const killed = problem(disk.afterKill(file), heard.flushedVersion);
  const lost = disk.afterPowerLoss(file);
  const least = promise.flushed ? heard.flushedVersion : 0;
  const faults = promise.whole ? lost.map((each) => problem(each, least)) : [];
  return {
    states: 1 + lost.length,
    violations: [
      ...(killed === null ? [] : [`killed: ${killed}`]),
      ...faults.filter((each) => each !== null).map((each) => `power lost: ${each}`),
    ],
  };
}

function ledgerOf({ dir, disk, heard, promise }: View, ledger: Ledger): CrashStates {
  const file = path.join(dir, registry[ledger].file);
  const problems = (text: string | null, least: number, cause: string): string[] => {
    const lines = (text ?? '').split('\n').slice(0, -1);
    const wrong = lines.map((line, index) => problemOf(ledger, line, 1, index));
    const whole = wrong.findIndex((each) => each !== null);
    const records = whole === -1 ? lines.length : whole;
    return records < least ? [`${cause}: ${least} records of ${ledger} were flushed, ${records} are there`] : [];
  };
  const { flushed } = heard.ledgers[ledger];
  const lost = disk.afterPowerLoss(file);
  const least = promise.flushed ? flushed : 0;
  const violations = problems(disk.afterKill(file), flushed, 'killed');
  return {
    states: 1 + lost.length,
    violations: [...violations, ...lost.flatMap((each) => problems(each, least, 'power lost'))],
  };
}
