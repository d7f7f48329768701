import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { appendFileSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, test } from 'vitest';

import { bundle } from '../test/bundle.js';
import { NAV_HISTORY, navLines, SHADOW_HEAD, shadowHead, T0 } from '../test/documents.js';
import { seeded, testSeed } from '../test/random.js';
import { filesBelow, makeRoots, temporaryDirectory } from '../test/roots.js';
import { createSync } from './index.js';

function publish(path: string, content: string): void {
  writeFileSync(`${path}.tmp`, content);
  renameSync(`${path}.tmp`, path);
}

describe('a mirror that is killed', () => {
  const ROUNDS = 12;

  test('ends byte for byte as its source does once it runs again', async () => {
    const random = seeded(testSeed('kill'));
    const script = await bundle('mirror-child.ts', temporaryDirectory());
    const roots = makeRoots();
    const ledger = roots.put(NAV_HISTORY, '');
    const head = roots.put(SHADOW_HEAD, shadowHead(T0, 0));
    const mirroredBytes = (): number => statSync(join(roots.to, NAV_HISTORY), { throwIfNoEntry: false })?.size ?? 0;
    let index = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const child = await runMirror(script, roots.from, roots.to);
      const before = mirroredBytes();
      let until = Infinity;
      while (performance.now() < until) {
        const first = index + 1;
        index += 1 + random(3000);
        appendFileSync(ledger, navLines(first, index));
        publish(head, shadowHead(T0 + index, index));
        await sleep(random(4));
        if (until === Infinity && mirroredBytes() > before) until = performance.now() + random(100);
      }
      child.kill('SIGKILL');
      await once(child, 'close');
      const source = readFileSync(ledger);
      const mirrored = roots.mirrored(NAV_HISTORY);
      expect(source.subarray(0, mirrored.length).equals(mirrored)).toBe(true);
      expect(JSON.parse(roots.mirrored(SHADOW_HEAD).toString())).toMatchObject({ allowed: 2 });
    }
    const report = await createSync(roots).once();
    expect(report).toMatchObject({ ok: true, lag_bytes: 0 });
    expect(roots.mirrored(NAV_HISTORY).equals(readFileSync(ledger))).toBe(true);
    expect(roots.mirrored(SHADOW_HEAD)).toEqual(readFileSync(head));
    expect(filesBelow(roots.to)).toEqual([NAV_HISTORY, SHADOW_HEAD]);
  });
});

async function runMirror(script: string, from: string, to: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [script, from, to], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}
