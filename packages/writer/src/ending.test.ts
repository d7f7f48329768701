import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { build } from '../test/children.js';
import { fileOf, linesOf, readJson, temporaryDirectory } from '../test/fixtures.js';

const script = path.resolve(import.meta.dirname, '../test/ending-child.mjs');
const RECORDS = 500;

beforeAll(build);

describe('what was accepted is written, and the process ends as it would have, on', () => {
  it.each([
    ['process.exit', { status: 3, signal: null }],
    ['uncaught exception', { status: 1, signal: null }],
    ['unhandled rejection', { status: 1, signal: null }],
    ['the end of its work', { status: 0, signal: null }],
    ['SIGTERM', { status: null, signal: 'SIGTERM' }],
    ['SIGINT', { status: null, signal: 'SIGINT' }],
    ['SIGTERM with a listener', { status: 7, signal: null }],
  ])('%s', (how, ending) => {
    const dir = temporaryDirectory();
    const { status, signal } = spawnSync(process.execPath, [script, dir, how], { encoding: 'utf8' });
    expect({ status, signal }).toEqual(ending);
    expect(linesOf(fileOf(dir, 'nav_history')).map((line) => JSON.parse(line).nav_total)).toEqual(
      Array.from({ length: RECORDS }, (_, number) => number),
    );
    expect(readJson(fileOf(dir, 'positions'))).toEqual([]);
  });
});
