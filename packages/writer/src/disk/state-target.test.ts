import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../../test/fixtures.js';
import { createStateTarget } from './state-target.js';

it('writes, keeps what is unchanged, and syncs', () => {
  const file = path.join(temporaryDirectory(), 'state', 'nav.json');
  const target = createStateTarget({ file, shown: 'state/nav.json', surface: 'nav' });
  expect(target.put(Buffer.from('{}\n'))).toEqual({ outcome: 'written', finding: null });
  expect(target.put(Buffer.from('{}\nxx'), 3)).toEqual({ outcome: 'unchanged', finding: null });
  const shared = new Uint8Array(new SharedArrayBuffer(16));
  shared.set(Buffer.from('[1]\n'));
  expect(target.put(shared, 4)).toEqual({ outcome: 'written', finding: null });
  expect(target.put(shared, 4)).toEqual({ outcome: 'unchanged', finding: null });
  expect(readFileSync(file, 'utf8')).toBe('[1]\n');
  expect(target.sync()).toBeNull();
});
