import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPaperExecutor } from '@hedge-telemetry/paper-executor';
import { createReader } from '@hedge-telemetry/reader';
import { createWriter } from '@hedge-telemetry/writer';
import type { Writer } from '@hedge-telemetry/writer';
import type { PaperExecutor } from '@hedge-telemetry/paper-executor';
import type { Reader } from '@hedge-telemetry/reader';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIncidents, incidentList } from './incidents.js';
import type { Incidents } from './incidents.js';

const START = 1_800_000_000;
const SECONDS = 100;

let dir: string;
let clock = START;
let incidents: Incidents;
let writer: Writer;
let executor: PaperExecutor;
let reader: Reader;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cli-incidents-'));
  incidents = createIncidents({ dir, clock: () => clock, seconds: SECONDS });
  writer = createWriter({ dir, now: incidents.now });
  executor = createPaperExecutor({ writer: incidents.wrap(writer), now: incidents.now, seed: 7 });
  reader = createReader({ dir, now: () => clock });
});

afterAll(async () => {
  await writer.close();
  await rm(dir, { recursive: true, force: true });
});

/** Runs loops in the given slot: even ones are quiet, odd ones are incidents. */
async function runIn(slot: number): Promise<void> {
  for (let loop = 0; loop < 3; loop += 1) {
    clock = START + slot * SECONDS + 10 * (loop + 1);
    executor.step();
    await writer.flush();
  }
}

async function states(): Promise<string[]> {
  return (await reader.readAll())
    .filter(({ state }) => state !== 'fresh')
    .map(({ surface, state }) => `${surface} ${state}`);
}

describe('the incidents', () => {
  it('come one after the other, with quiet between them in which everything is as it should be', async () => {
    for (const [index] of incidentList.entries()) {
      await runIn(2 * index);
      expect(incidents.current()).toBeNull();
      expect(await states()).toEqual([]);
      clock = START + (2 * index + 1) * SECONDS;
      expect(incidents.current()).toMatchObject(incidentList[index] ?? {});
    }
    clock = START + (2 * incidentList.length + 1) * SECONDS;
    expect(incidents.current()).toMatchObject(incidentList[0] ?? {});
  });

  it.each([
    [0, ['symbol_scores_v6 stale']],
    [1, ['router_health unreadable']],
    [2, ['risk_snapshot invalid']],
    [6, ['pipeline_v6_shadow_head invalid']],
  ])('make a reader see what they are about: %s', async (index, seen) => {
    await runIn(2 * index + 1);
    expect(await states()).toEqual(seen);
  });

  it('leave a risk mode that nobody knows as it is spelled', async () => {
    await runIn(5);
    const { readings } = await reader.read('risk_snapshot');
    expect(readings.risk_mode).toMatchObject({ state: 'invalid', value: null, raw: 'PANIC' });
  });

  it('draw the account down by 9 % in every surface that speaks of it', async () => {
    await runIn(6);
    const before = (await reader.read('nav')).value?.nav_total ?? 0;
    await runIn(7);
    const [nav, risk, state] = [
      await reader.read('nav'),
      await reader.read('risk_snapshot'),
      await reader.read('nav_state'),
    ];
    expect((nav.value?.nav_total ?? 0) / before).toBeCloseTo(0.91, 1);
    expect(risk.value).toMatchObject({ dd_frac: 0.09, daily_loss_frac: 0.09, risk_mode: 'DEFENSIVE' });
    expect(state.value?.drawdown_pct).toBe(9);
    const points = readFileSync(join(dir, 'execution/nav_history.jsonl'), 'utf8').trim().split('\n');
    expect(JSON.parse(points.at(-1) ?? '')).toMatchObject({ dd_pct: 9 });
  });

  it('let no secret reach a file', async () => {
    await runIn(9);
    const events = await readFile(join(dir, 'execution/events.jsonl'), 'utf8');
    const line = events.split('\n').find((each) => each.includes('signature rejected'));
    expect(line).toContain('[redacted:');
    expect(line).not.toMatch(/[0-9a-f]{64}/);
  });

  it('put the clock of the executor an hour ahead', async () => {
    await runIn(11);
    const readings = await reader.readAll();
    expect(readings.filter(({ state }) => state === 'fresh')).toEqual([]);
    expect(readings.filter(({ state }) => state === 'skewed').length).toBeGreaterThan(10);
  });
});
