import { createPaperExecutor, paperOptionsFromEnv } from '@hedge-telemetry/paper-executor';
import type { RunSummary } from '@hedge-telemetry/paper-executor';
import { createWriter } from '@hedge-telemetry/writer';
import { checkDirectory } from '../check/check-directory.js';
import { display } from '../demo/display.js';
import { counted } from '../demo/figures.js';
import { createLiveMirror } from '../demo/mirror.js';
import type { LiveMirror } from '../demo/mirror.js';
import { preparePlace } from '../demo/place.js';
import type { Place } from '../demo/place.js';
import { createProblems } from '../demo/problems.js';
import type { Problems } from '../demo/problems.js';
import { snapshotJson } from '../demo/snapshot.js';
import { freshText, navText, renderView } from '../demo/view.js';
import { directoryTrouble } from '../directory.js';
import { exitCodes } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { renderCheck, summariseCheck } from '../render/check.js';
import { renderFindings } from '../render/findings.js';
import { untilInterrupted } from '../signals.js';
import type { Terminal } from '../terminal.js';

export interface DemoOptions {
  readonly logs?: string;
  readonly dir?: string;
  readonly seconds?: number;
  readonly seed?: number;
  readonly symbols?: readonly string[];
  readonly rate: number;
}

/** Errors that are printed in full at the end. */
const MAX_PRINTED = 20;

/** `demo`: a paper executor, or the logs directory of a real one, its mirror, and what a reader sees of that. */
export async function demo(options: DemoOptions, terminal: Terminal): Promise<ExitCode> {
  const trouble = options.logs === undefined ? null : await directoryTrouble(options.logs, terminal);
  if (trouble !== null) return trouble;
  const place = await preparePlace(options.dir);
  const problems = createProblems();
  try {
    await (options.logs === undefined
      ? runPaper(options, place, problems, terminal)
      : runLogs(options.logs, options, place, problems, terminal));
  } finally {
    await place.dispose();
  }
  terminal.err(...renderFindings(problems.errors.slice(0, MAX_PRINTED), terminal.errStyle));
  return problems.errors.length === 0 ? exitCodes.clean : exitCodes.contract;
}

async function runPaper(options: DemoOptions, place: Place, problems: Problems, terminal: Terminal): Promise<void> {
  const { seconds, seed, symbols, rate } = options;
  const writer = createWriter({ dir: place.logs, onFinding: (each) => problems.note([each]) });
  const executor = createPaperExecutor({
    ...paperOptionsFromEnv(process.env),
    ...(seed === undefined ? {} : { seed }),
    ...(symbols === undefined ? {} : { symbols }),
    rate,
    writer,
  });
  const mirror = createLiveMirror(place.logs, place.mirror, problems);
  const { signal, interrupt } = untilInterrupted(seconds);
  terminal.err(`paper executor writes ${place.logs}, mirrored to ${place.mirror}`);
  mirror.start();
  const running = executor.run(signal).finally(interrupt);
  try {
    await display(mirror.take, 'hedge-telemetry: paper executor', terminal, signal);
  } finally {
    interrupt();
    await writer.close();
    await mirror.finish();
  }
  await conclude(mirror, runText(await running), place, problems, terminal);
}

async function runLogs(
  logs: string,
  { seconds }: DemoOptions,
  place: Place,
  problems: Problems,
  terminal: Terminal,
): Promise<void> {
  const report = await checkDirectory(logs);
  for (const { findings } of report.files) problems.note(findings);
  if (!terminal.json) terminal.out(...renderCheck(report, terminal.outStyle));
  terminal.err(summariseCheck(report), `mirroring ${logs} to ${place.mirror}`);
  const mirror = createLiveMirror(logs, place.mirror, problems);
  const { signal, interrupt } = untilInterrupted(seconds);
  if (paperOptionsFromEnv(process.env).once) interrupt();
  mirror.start();
  try {
    await display(mirror.take, `hedge-telemetry: ${logs}`, terminal, signal);
  } finally {
    interrupt();
    await mirror.finish();
  }
  await conclude(mirror, `${logs} was mirrored.`, place, problems, terminal);
}

/** The last view of the mirror, and what there was to see in one paragraph. */
async function conclude(
  mirror: LiveMirror,
  opening: string,
  { isKept, mirror: path }: Place,
  problems: Problems,
  terminal: Terminal,
): Promise<void> {
  const { lag_bytes } = await mirror.finish();
  const snapshot = await mirror.take();
  const { elapsed, readings, ledgers } = snapshot;
  for (const { findings } of readings) problems.note(findings);
  if (terminal.json) return terminal.out(JSON.stringify({ ...snapshotJson(snapshot), errors: problems.errors }));
  const lines = ledgers.reduce((sum, { total }) => sum + total, 0);
  terminal.out(
    ...renderView(snapshot, terminal.outStyle),
    '',
    `${opening} After ${elapsed.toFixed(1)} s, of the ${readings.length} surfaces in the mirror ${freshText(readings)}; ` +
      `the ledgers hold ${counted(lines, 'line')}. ${navText(readings)}. ` +
      `The mirror ${lag_bytes === 0 ? 'holds all of it' : `is ${lag_bytes} bytes behind`}; ` +
      `${problems.errors.length === 0 ? 'nothing broke the contract' : `${counted(problems.errors.length, 'error')} broke the contract`}. ` +
      (isKept ? `The files are kept: see ${path}.` : 'The files were temporary; --dir keeps them.'),
  );
}

function runText({ steps, restarts, orders, fills, vetoes }: RunSummary): string {
  const done = [
    counted(steps, 'loop'),
    counted(orders, 'order'),
    counted(fills, 'fill'),
    counted(vetoes, 'veto', 'vetoes'),
  ];
  return `The paper executor ran ${done.join(', ')} and ${counted(restarts, 'restart')}.`;
}
