import { createPaperExecutor, paperOptionsFromEnv } from '@hedge-telemetry/paper-executor';
import type { RunSummary } from '@hedge-telemetry/paper-executor';
import { createWriter } from '@hedge-telemetry/writer';
import { checkDirectory } from '../check/check-directory.js';
import { display } from '../demo/display.js';
import { counted } from '../demo/figures.js';
import { createIncidents, incidentList } from '../demo/incidents.js';
import type { Incidents } from '../demo/incidents.js';
import { createLiveMirror } from '../demo/mirror.js';
import type { LiveMirror } from '../demo/mirror.js';
import { narrate } from '../demo/narrate.js';
import { startPage } from '../demo/page.js';
import { preparePlace } from '../demo/place.js';
import type { Place } from '../demo/place.js';
import { createProblems } from '../demo/problems.js';
import type { Problems } from '../demo/problems.js';
import { snapshotJson } from '../demo/snapshot.js';
import { freshText, navText, renderView } from '../demo/view.js';
import type { Dashboard } from '@hedge-telemetry/dashboard';
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
  /** Port of the page. */
  readonly port?: number;
  readonly scenario?: 'incidents';
}

/** Errors that are printed in full at the end. */
const MAX_PRINTED = 20;
const INCIDENT_SECONDS = 12;

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
  const isExpected = options.scenario !== undefined;
  return isExpected || problems.errors.length === 0 ? exitCodes.clean : exitCodes.contract;
}

async function runPaper(options: DemoOptions, place: Place, problems: Problems, terminal: Terminal): Promise<void> {
  const { seconds, seed, symbols, rate, port } = options;
  const incidents = options.scenario === undefined ? null : scenario(place.logs);
  const clock = incidents === null ? {} : { now: incidents.now };
  const writer = createWriter({ dir: place.logs, onFinding: (each) => problems.note([each]), ...clock });
  const executor = createPaperExecutor({
    ...paperOptionsFromEnv(process.env),
    ...(seed === undefined ? {} : { seed }),
    ...(symbols === undefined ? {} : { symbols }),
    rate,
    ...clock,
    writer: incidents?.wrap(writer) ?? writer,
  });
  const mirror = createLiveMirror(place.logs, place.mirror, problems);
  const { signal, interrupt } = untilInterrupted(seconds);
  terminal.err(`paper executor writes ${place.logs}, mirrored to ${place.mirror}`);
  mirror.start();
  const running = executor.run(signal).finally(interrupt);
  let page: Dashboard | null = null;
  try {
    // Whoever opens the page at once is to see that it is a demo.
    await writer.flush();
    await mirror.once();
    // The mirror keeps the last good copy of what is broken; the incidents are to be seen as they are.
    page = await startPage(incidents === null ? place.mirror : place.logs, port, mirror);
    const caption = announce(page.url, 'paper executor', incidents, terminal, signal);
    await display(mirror.take, caption, terminal, signal);
  } finally {
    interrupt();
    await page?.close();
    await running;
    await writer.close();
    await mirror.finish();
  }
  await conclude(mirror, runText(await running), place, problems, terminal);
}

function scenario(logs: string): Incidents {
  return createIncidents({ dir: logs, clock: () => Date.now() / 1000, seconds: INCIDENT_SECONDS });
}

/** Prints the one address to open, and what goes wrong when; gives the caption of the view. */
function announce(
  url: string,
  what: string,
  incidents: Incidents | null,
  terminal: Terminal,
  signal: AbortSignal,
): () => string {
  terminal.err(`dashboard: ${url}`);
  const title = `hedge-telemetry: ${what}  ${url}`;
  if (incidents === null) return () => title;
  terminal.err(`${incidentList.length} incidents, ${INCIDENT_SECONDS} s each, with as much quiet before each one`);
  const hasView = terminal.isScreen && !terminal.json;
  if (!hasView) narrate(incidents, (line) => terminal.err(line), signal);
  return () => {
    const incident = incidents.current();
    return incident === null ? title : `${title}\n${incident.title} Look at: ${incident.lookAt}.`;
  };
}

async function runLogs(
  logs: string,
  { seconds, port }: DemoOptions,
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
  let page: Dashboard | null = null;
  try {
    page = await startPage(place.mirror, port, mirror, { navLogDir: logs });
    await display(mirror.take, announce(page.url, logs, null, terminal, signal), terminal, signal);
  } finally {
    interrupt();
    await page?.close();
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
