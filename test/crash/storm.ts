import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { registry } from '@hedge-telemetry/contract';
import { startChild } from './children.js';
import { followLedger } from './ledger-check.js';
import type { LedgerHistory } from './ledger-check.js';
import { lossOf, testimonyOf } from './oracle.js';
import type { Loss, Testimony } from './oracle.js';
import { seededRandom } from '../random.js';
import { ledgers, VERSIONS_PER_LIFE } from './records.mjs';
import type { Ledger } from './records.mjs';
import { checkState } from './state-check.js';
import type { Watcher } from './watcher.js';

/** How a storm of kills is run. */
export interface StormOptions {
  /** The writer's module, which the children import. */
  readonly module: string;
  /** Where directories for the lives are made. */
  readonly place: string;
  readonly seed: number;
  readonly kills: number;
  /** `full`: as fast as it goes; `paced`: every 5 ms all surfaces and ten records to each ledger. */
  readonly pace: 'full' | 'paced';
  readonly watcher: Watcher;
  /** Options for createWriter, and under `flush` the arguments of flush(). */
  readonly options?: object;
}

/** What a storm found. */
export interface StormReport {
  readonly violations: readonly string[];
  readonly records: number;
  readonly flushes: number;
  readonly fragments: number;
  readonly losses: readonly Loss[];
}

interface Tally {
  readonly violations: string[];
  readonly losses: Loss[];
  records: number;
  flushes: number;
}

/** Lives in one directory, so that its ledgers stay small enough to be read again after each. */
const LIVES_PER_DIRECTORY = 25;
/** Records that a child may have handed over without having said so. */
const UNHEARD = 64;
/** One life in so many may die before it has said anything, one before it accepts, and one before it has flushed. */
const EARLY_DEATHS = 10;
/** Most lives are short from the sign on from which their time is counted; one in so many is longer. */
const LONG_LIVES = 5;
const SHORT_LIFE_MS = 25;
const LONG_LIFE_MS = 160;

/** Starts children one after another, kills each at a random instant, and checks what is on disk against what was heard. */
export async function storm(options: StormOptions): Promise<StormReport> {
  const random = seededRandom(options.seed);
  const tally: Tally = { violations: [], losses: [], records: 0, flushes: 0 };
  for (let done = 0; done < options.kills && tally.violations.length === 0; done += LIVES_PER_DIRECTORY) {
    const lives = Math.min(LIVES_PER_DIRECTORY, options.kills - done);
    await stormDirectory(options, lives, random, tally);
  }
  const violations = tally.violations.map((each) => `seed ${options.seed}: ${each}`);
  const fragments = tally.losses.filter(({ records }) => records > 0).length;
  return { ...tally, violations, fragments };
}

async function stormDirectory(options: StormOptions, lives: number, random: () => number, tally: Tally): Promise<void> {
  const dir = mkdtempSync(path.join(options.place, 'storm-'));
  const histories = ledgers.map(
    (ledger) => [ledger, followLedger(ledger, path.join(dir, registry[ledger].file))] as const,
  );
  await options.watcher.watch(dir);
  let flushed = 0;
  for (let life = 1; life <= lives && tally.violations.length === 0; life += 1) {
    const testimony = testimonyOf(await liveAndDie(options, dir, life, random));
    flushed = Math.max(flushed, testimony.flushedVersion);
    tally.violations.push(
      ...testimony.complaints,
      ...checkState(dir, { flushed, published: (testimony.published || life * VERSIONS_PER_LIFE) + 1 }),
      ...histories.flatMap(([ledger, history]) => checkLife(ledger, history, life, testimony, tally)),
    );
  }
  tally.violations.push(...histories.flatMap(([, history]) => history.unchanged()));
  await options.watcher.leave(dir);
  rmSync(dir, { recursive: true });
}

function checkLife(ledger: Ledger, history: LedgerHistory, life: number, heard: Testimony, tally: Tally): string[] {
  const { accepted, flushed } = heard.ledgers[ledger];
  const { records, violations } = history.next(life);
  tally.records += records;
  tally.flushes += heard.flushedVersion > 0 ? 1 : 0;
  if (accepted > 0) tally.losses.push(lossOf(heard.ledgers[ledger], records));
  const found = [...violations];
  if (records < flushed) found.push(`life ${life} of ${ledger}: ${flushed} records were flushed, ${records} are there`);
  if (records > accepted + UNHEARD) found.push(`life ${life} of ${ledger}: ${records} records, ${accepted} accepted`);
  return found;
}

/** Starts a child and kills it; resolves with what it had said. */
async function liveAndDie(
  { module, pace, options }: StormOptions,
  dir: string,
  life: number,
  random: () => number,
): Promise<string> {
  const oneIn = (count: number): boolean => Math.floor(random() * count) === 0;
  const early = oneIn(EARLY_DEATHS) ? random() * 200 : null;
  const sign = oneIn(EARLY_DEATHS) ? 'r' : oneIn(EARLY_DEATHS) ? '\na' : '\nf';
  const delay = random() * (oneIn(LONG_LIVES) ? LONG_LIFE_MS : SHORT_LIFE_MS);
  let doomed = false;
  const child = startChild('storm-child.mjs', { writer: module, dir, life, pace, options }, { onSaid });
  function killLater(ms: number): void {
    setTimeout(() => child.process.kill('SIGKILL'), ms);
  }
  function onSaid(said: string): void {
    if (doomed || !said.includes(sign)) return;
    doomed = true;
    killLater(delay);
  }
  if (early !== null) killLater(early);
  const { said, stderr, code } = await child.ended;
  const whole = said.slice(0, said.lastIndexOf('\n') + 1);
  return code === null && stderr === '' ? whole : `${whole}e it ended with code ${code}: ${JSON.stringify(stderr)}\n`;
}
