import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { registry } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';
import type { Ended } from './children.js';
import { faultVariables, firedOf, runChild } from './file-calls.js';
import type { Fault } from './file-calls.js';
import { followLedger } from './ledger-check.js';
import type { LedgerHistory } from './ledger-check.js';
import { testimonyOf } from './oracle.js';
import type { Testimony } from './oracle.js';
import { ledgers, record, surfaces, VERSIONS_PER_LIFE } from './records.mjs';
import type { Ledger, Surface } from './records.mjs';
import { checkState } from './state-check.js';

/** Where a fault is tried. */
export interface Bench {
  /** The writer's module. */
  readonly module: string;
  /** The compiled file-calls.c. */
  readonly library: string;
}

/** What a fault did. */
export interface Struck {
  /** False where the process made fewer such calls. */
  readonly fired: boolean;
  readonly violations: readonly string[];
}

/** What fault-child.mjs prints at its end. */
interface Account {
  readonly accepted: Readonly<Record<Ledger, number>>;
  readonly refused: Readonly<Record<Ledger, number>>;
  readonly version: number;
  readonly last: { readonly ok: boolean; readonly findings: readonly Finding[] };
  readonly heard: readonly Finding[];
  readonly stats: Readonly<Record<Ledger | Surface, Readonly<Record<string, number>>>>;
}

type Histories = Readonly<Record<Ledger, LedgerHistory>>;

const ROUNDS = 3;
const EXIT_CODE = 7;
/** A line that the life before left whole, and behind it one that it did not finish. */
const FRAGMENT_LENGTH = 50;

/**
 * Runs a writer that meets a fault in a directory whose ledgers end in a fragment, then one that meets none, and checks
 * what they left. An error must cost nothing but a finding; a kill, nothing that was flushed.
 */
export async function strike({ module, library }: Bench, fault: Fault): Promise<Struck> {
  const home = mkdtempSync(path.join(tmpdir(), 'strike-'));
  const dir = path.join(home, 'logs');
  const until = path.join(home, 'fault');
  writeFileSync(until, '');
  const histories = tornLedgers(dir);
  const job = { writer: module, dir, rounds: ROUNDS, until };
  const ended = await runChild('fault-child.mjs', { ...job, life: 2 }, faultVariables(library, dir, fault, until));
  const heard = testimonyOf(ended.said);
  const deadly = fault.action === 'kill' || fault.action === 'half';
  const fired = firedOf(until);
  const found = deadly && fired.length > 0 ? checkKilled(dir, ended, heard) : checkSurvived(dir, ended, fault, fired);
  const violations = [...found, ...checkLedgers(histories, 2, heard)];
  if (deadly) {
    const next = await runChild('fault-child.mjs', { ...job, rounds: 1, life: 3 });
    violations.push(...checkSurvived(dir, next, null, []), ...checkLedgers(histories, 3, testimonyOf(next.said)));
  }
  rmSync(home, { recursive: true });
  const title = `${fault.call} ${fault.at} ${fault.action}${fault.persistent ? ', for ever' : ''}`;
  return { fired: fired.length > 0, violations: violations.map((each) => `${title}: ${each}`) };
}

function tornLedgers(dir: string): Histories {
  const follow = (ledger: Ledger): LedgerHistory => {
    const file = path.join(dir, registry[ledger].file);
    mkdirSync(path.dirname(file), { recursive: true });
    const line = JSON.stringify({ schema: `${ledger}_v1`, ts: '2026-01-01T00:00:00.000Z', ...record(ledger, 1, 0) });
    writeFileSync(file, `${line}\n${line.slice(0, FRAGMENT_LENGTH)}`);
    const history = followLedger(ledger, file);
    history.next(1);
    return history;
  };
  return { events: follow('events'), risk_vetoes: follow('risk_vetoes') };
}

function checkLedgers(histories: Histories, life: number, heard: Testimony): string[] {
  return ledgers.flatMap((ledger) => {
    const { records, violations } = histories[ledger].next(life, true);
    const { flushed } = heard.ledgers[ledger];
    const lost = records < flushed ? [`${flushed} records of ${ledger} were flushed, ${records} are there`] : [];
    return [...violations, ...lost, ...histories[ledger].unchanged()];
  });
}

function checkKilled(dir: string, { signal, stderr }: Ended, heard: Testimony): string[] {
  const bounds = { flushed: heard.flushedVersion, published: 2 * VERSIONS_PER_LIFE + ROUNDS };
  const died = signal === 'SIGKILL' ? [] : [`it ended with ${signal} and ${stderr}`];
  return [...died, ...heard.complaints, ...checkState(dir, bounds)];
}

function checkSurvived(dir: string, ended: Ended, fault: Fault | null, fired: readonly string[]): string[] {
  const { complaints } = testimonyOf(ended.said);
  const faults = [...complaints, ...(ended.stderr === '' ? [] : [`it complained: ${ended.stderr}`])];
  if (ended.code !== EXIT_CODE) faults.push(`it ended with code ${ended.code}, signal ${ended.signal}`);
  const account = /^j (.*)$/m.exec(ended.said)?.[1];
  if (account === undefined) return [...faults, 'it did not come to its end'];
  return [...faults, ...checkAccount(dir, JSON.parse(account) as Account), ...checkFindings(account, fault, fired)];
}

function checkAccount(dir: string, { accepted, refused, version, last, stats }: Account): string[] {
  const found = checkState(dir, { flushed: version, published: version });
  if (!last.ok) found.push(`the flush after the fault failed: ${JSON.stringify(last.findings)}`);
  for (const ledger of ledgers) {
    const { appended, written } = stats[ledger];
    if (appended !== accepted[ledger] || written !== appended || refused[ledger] > 0)
      found.push(
        `${ledger}: ${accepted[ledger]} taken, ${refused[ledger]} refused, counted ${JSON.stringify(stats[ledger])}`,
      );
  }
  for (const surface of surfaces) {
    const { published = 0, unchanged = 0, coalesced = 0, written = 0, withheld = 0 } = stats[surface];
    if (published === 0 || published !== unchanged + coalesced + written + withheld)
      found.push(`${surface}: counted ${JSON.stringify(stats[surface])}`);
  }
  return [...found, ...leftoversIn(dir).map((each) => `it left ${each}`)];
}

function leftoversIn(dir: string): string[] {
  const state = path.join(dir, 'state');
  const names = existsSync(state) ? readdirSync(state) : [];
  return names.filter((each) => each.endsWith('.tmp'));
}

/** An error that arose is told, with its name; no other is. */
function checkFindings(account: string, fault: Fault | null, fired: readonly string[]): string[] {
  const { heard } = JSON.parse(account) as Account;
  const name = fault?.action === 'full' ? 'ENOSPC' : fault?.action;
  const other = heard.filter(({ level, actual }) => level === 'error' && actual !== name);
  const found = other.map(({ message }) => `a finding that nothing explains: ${message}`);
  if (fault === null || fault.action === 'short') return found;
  if (fault.action === 'full' && fired.length < 2) return found;
  const silent = fired.length > 0 && !heard.some(({ actual }) => actual === name);
  return silent ? [...found, `no finding on ${fired[0]}`] : found;
}
