import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ledgerNames, registry } from '@hedge-telemetry/contract';
import type { LedgerName } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';
import { fileOf, temporaryDirectory } from '../../test/fixtures.js';
import { createTradeLog } from './trade-log.js';

const record = '{"ts":"2025-11-24T00:00:00Z","type":"refresh","symbol":null,"qty":null,"price":null,"is_maker":null,"slippage_bps":null,"metadata":{}}\n'; // prettier-ignore
const LONG_AGO = new Date(0);

function logs(): string {
  const dir = temporaryDirectory();
  for (const each of ['execution', 'state']) mkdirSync(path.join(dir, each));
  return dir;
}

async function rulesOf(dir: string, ledger: LedgerName = 'events'): Promise<string[]> {
  const rules = [];
  for await (const { record, findings } of createTradeLog({ dir }).entries(ledger))
    rules.push(...(record === null ? [] : ['record']), ...findings.map(({ rule }) => rule));
  return rules;
}

/** When the file was last read; read times are only kept where they lie before the last change. */
function markUnread(file: string): void {
  utimesSync(file, LONG_AGO, new Date());
}

function wasRead(file: string): boolean {
  return statSync(file).atimeMs !== LONG_AGO.getTime();
}

describe('a trade log', () => {
  it('reads no state file, whatever it is asked', async ({ skip }) => {
    const dir = logs();
    const control = path.join(dir, 'control');
    writeFileSync(control, record);
    markUnread(control);
    readFileSync(control);
    if (!wasRead(control)) skip('the file system keeps no read times');
    const states = ['events.jsonl', 'nav.json', 'router_health.json'].map((each) => path.join(dir, 'state', each));
    const ledgers = ledgerNames.map((name) => fileOf(dir, name));
    for (const file of [...states, ...ledgers]) {
      writeFileSync(file, record);
      markUnread(file);
    }
    for (const name of [...ledgerNames, 'nav', '../state/nav', 'constructor']) await rulesOf(dir, name as LedgerName);
    expect(ledgers.map(wasRead)).toEqual(ledgers.map(() => true));
    expect(states.filter(wasRead)).toEqual([]);
  });

  it('knows ledgers only, and they lie outside of the state files', async () => {
    expect(ledgerNames.map((name) => registry[name].file.split('/')[0])).toEqual(ledgerNames.map(() => 'execution'));
    expect(await rulesOf(logs(), 'router_health' as LedgerName)).toEqual(['unknown-surface']);
  });

  it('follows no link into the state files', async () => {
    const linked = logs();
    writeFileSync(path.join(linked, 'state', 'events.jsonl'), record);
    symlinkSync('../state/events.jsonl', fileOf(linked, 'events'));
    expect(await rulesOf(linked)).toEqual(['file-unreadable']);
    const moved = temporaryDirectory();
    mkdirSync(path.join(moved, 'state', 'deeper'), { recursive: true });
    writeFileSync(path.join(moved, 'state', 'deeper', 'events.jsonl'), record);
    symlinkSync('state/deeper', path.join(moved, 'execution'));
    expect(await rulesOf(moved)).toEqual(['file-unreadable']);
  });

  it('follows a link of the directory to another disk', async () => {
    const dir = temporaryDirectory();
    const elsewhere = temporaryDirectory();
    writeFileSync(path.join(elsewhere, 'events.jsonl'), record);
    symlinkSync(elsewhere, path.join(dir, 'execution'));
    expect(await rulesOf(dir)).toEqual(['record']);
  });

  it('reports what is no file, without hanging', async () => {
    const dir = logs();
    expect(await rulesOf(dir)).toEqual(['file-missing']);
    expect(await rulesOf(path.join(dir, 'nowhere'))).toEqual(['file-missing']);
    mkdirSync(fileOf(dir, 'events'));
    expect(await rulesOf(dir)).toEqual(['file-unreadable']);
    execFileSync('mkfifo', [fileOf(dir, 'risk_vetoes')]);
    expect(await rulesOf(dir, 'risk_vetoes')).toEqual(['file-unreadable']);
  });

  it('reports a file that becomes shorter while it is read, and ends', async () => {
    const dir = logs();
    writeFileSync(fileOf(dir, 'events'), record.repeat(2_000));
    const found: string[] = [];
    for await (const { record: given, findings } of createTradeLog({ dir }).entries('events')) {
      if (found.length === 0) truncateSync(fileOf(dir, 'events'), 0);
      found.push(given === null ? findings.map(({ rule }) => rule).join() : 'record');
    }
    expect(found.at(-1)).toBe('file-unreadable');
    expect(found.length).toBeLessThan(2_000);
  });

  it('closes its file when the loop is left', async () => {
    const dir = logs();
    writeFileSync(fileOf(dir, 'events'), record.repeat(10));
    const open = (): number => readdirSync('/proc/self/fd').length;
    const before = open();
    for (let round = 0; round < 20; round += 1) for await (const _ of createTradeLog({ dir }).events()) break; // prettier-ignore
    expect(open()).toBe(before);
  });
});

describe('the helpers of the executor', () => {
  const source = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
  const folders = ['events', 'router-metrics', 'pnl-tracker', 'trade-log', 'log-utils'];
  const files = folders.flatMap(
    (folder) =>
    readdirSync(path.join(source, folder)).filter((name) => !name.includes('.test')).map((name) => path.join(folder, name)), // prettier-ignore
  );
  const matches = (pattern: RegExp): { file: string; from: string }[] =>
    files.flatMap((file) =>
      [...readFileSync(path.join(source, file), 'utf8').matchAll(pattern)].map(([, from = '']) => ({ file, from })),
    );
  const imports = matches(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g);
  const atRunTime = matches(/^(?:import|export)(?! type)[^;]*?['"]([^'"]+)['"];$/gm);

  it('are found', () => {
    for (const folder of folders) expect(files).toContain(path.join(folder, 'index.ts'));
    expect(imports.length).toBeGreaterThan(files.length);
  });

  it('run on the contract and on files alone: no network, no process, no other package', () => {
    const outside = imports.filter(({ from }) => !from.startsWith('.')).map(({ from }) => from);
    expect([...new Set(outside)].toSorted()).toEqual([
      '@hedge-telemetry/contract',
      '@hedge-telemetry/contract/writing',
      'node:fs',
      'node:fs/promises',
      'node:path',
    ]);
    const used = atRunTime.filter(({ from }) => from.startsWith('..')).map(({ from }) => from.split('/')[1]);
    expect([...new Set(used)]).toEqual(['log-utils']);
    const network = /\b(?:fetch|WebSocket|EventSource|XMLHttpRequest|require|createRequire|getBuiltinModule)\s*\(/;
    expect(files.filter((file) => network.test(readFileSync(path.join(source, file), 'utf8')))).toEqual([]);
  });

  it('touch files in one module, by the names of ledgers', () => {
    const touching = imports.filter(({ from }) => from.startsWith('node:fs')).map(({ file }) => file);
    expect([...new Set(touching)]).toEqual(['trade-log/sources.ts']);
  });
});
