import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Nav } from '@hedge-telemetry/contract';
import { expect, it } from 'vitest';
import { fileOf, nav, readJson, temporaryDirectory, temporaryFiles } from '../test/fixtures.js';
import { mountTmpfs } from '../test/tmpfs.js';
import { createWriter } from './index.js';
import type { Finding, Publishable, Writer } from './index.js';

function setUp(): { dir: string; file: string; writer: Writer; heard: Finding[] } {
  const dir = path.join(temporaryDirectory(), 'logs');
  const heard: Finding[] = [];
  return { dir, file: fileOf(dir, 'nav'), heard, writer: createWriter({ dir, onFinding: (each) => heard.push(each) }) };
}

it('makes the directory, writes one compact line, readable by all, and leaves nothing else', async () => {
  const { dir, file, writer } = setUp();
  writer.publish('nav', nav(1));
  expect(await writer.flush()).toEqual({ ok: true, findings: [] });
  expect(readFileSync(file, 'utf8')).toMatch(/^\{"schema":"nav_v1",.*\}\n$/);
  expect((statSync(file).mode & 0o777).toString(8)).toBe((0o644 & ~process.umask()).toString(8));
  expect(readdirSync(path.dirname(file))).toEqual(['nav.json']);
  expect(readdirSync(dir)).toEqual(['state']);
});

it('replaces the file by a new one, so that a reader with the old one open keeps it whole', async () => {
  const { file, writer } = setUp();
  writer.publish('nav', nav(1));
  await writer.flush();
  const before = statSync(file).ino;
  writer.publish('nav', nav(2));
  await writer.flush();
  expect(statSync(file).ino).not.toBe(before);
  expect(readJson(file)).toMatchObject({ nav_total: 2 });
});

it('writes the newest of many documents and counts the overtaken', async () => {
  const { file, writer } = setUp();
  for (let total = 1; total <= 1000; total += 1) {
    writer.publish('nav', nav(total));
    if (total % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await writer.flush();
  expect(readJson(file)).toMatchObject({ nav_total: 1000 });
  const { published, written, coalesced, unchanged, failed } = writer.stats().surfaces.nav;
  expect({ published, failed, unchanged }).toEqual({ published: 1000, failed: 0, unchanged: 0 });
  expect(written).toBeLessThanOrEqual(11);
  expect(written + coalesced).toBe(published);
});

it('does not rewrite a file that already holds the text', async () => {
  const { file, writer } = setUp();
  writer.publish('nav', nav(1));
  await writer.flush();
  const before = statSync(file, { bigint: true });
  writer.publish('nav', nav(1));
  await writer.flush();
  expect(statSync(file, { bigint: true })).toMatchObject({ ino: before.ino, mtimeNs: before.mtimeNs });
  expect(writer.stats().surfaces.nav).toMatchObject({ published: 2, written: 1, unchanged: 1 });
});

it.each([
  ['removed', (file: string) => rmSync(file)],
  ['changed by someone else', (file: string) => appendFileSync(file, '!')],
  ['removed with its directory', (file: string) => rmSync(path.dirname(file), { recursive: true })],
  [
    'replaced by an older copy',
    (file: string) => {
      rmSync(file);
      writeFileSync(file, '{}');
    },
  ],
])('rewrites an unchanged text where the file was %s', async (_title, disturb) => {
  const { file, writer } = setUp();
  writer.publish('nav', nav(1));
  await writer.flush();
  disturb(file);
  writer.publish('nav', nav(1));
  expect(await writer.flush()).toMatchObject({ ok: true });
  expect(readJson(file)).toMatchObject({ nav_total: 1 });
  expect(writer.stats().surfaces.nav).toMatchObject({ written: 2, unchanged: 0 });
});

it('reports a directory that cannot be made, keeps the newest document, and writes it once it can', async () => {
  const { dir, file, writer, heard } = setUp();
  mkdirSync(dir);
  writeFileSync(path.join(dir, 'state'), '');
  expect(writer.publish('nav', nav(1))).toEqual({ ok: true, findings: [] });
  const failed = await writer.flush();
  expect(failed).toMatchObject({
    ok: false,
    findings: [{ rule: 'write-failed', surface: 'nav', file, actual: 'ENOTDIR' }],
  });
  expect(heard).toEqual(failed.findings);
  rmSync(path.join(dir, 'state'));
  expect(await writer.flush()).toEqual({ ok: true, findings: [] });
  expect(readJson(file)).toMatchObject({ nav_total: 1 });
  expect(writer.stats().surfaces.nav).toMatchObject({ published: 1, written: 1 });
});

it('tries again at the next publish, with the newest document', async () => {
  const { dir, file, writer } = setUp();
  writeFileSync(dir, '');
  writer.publish('nav', nav(1));
  await writer.flush();
  rmSync(dir);
  writer.publish('nav', nav(2));
  await expect.poll(() => existsSync(file)).toBe(true);
  expect(readJson(file)).toMatchObject({ nav_total: 2 });
  expect(writer.stats().surfaces.nav).toMatchObject({ published: 2, coalesced: 1, written: 1 });
});

it('leaves no temporary file where the name is taken by a directory', async () => {
  const { dir, file, writer } = setUp();
  mkdirSync(path.join(file, 'inside'), { recursive: true });
  writer.publish('nav', nav(1));
  expect(await writer.flush()).toMatchObject({ ok: false, findings: [{ rule: 'write-failed', actual: 'EISDIR' }] });
  expect(temporaryFiles(dir)).toEqual([]);
});

it('replaces a symlink and leaves what it leads to', async () => {
  const { dir, file, writer } = setUp();
  const elsewhere = path.join(dir, 'elsewhere');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(elsewhere, 'untouched');
  symlinkSync(elsewhere, file);
  writer.publish('nav', nav(1));
  await writer.flush();
  expect(readFileSync(elsewhere, 'utf8')).toBe('untouched');
  expect(readJson(file)).toMatchObject({ nav_total: 1 });
});

it('leaves a whole document of one of them where two writers share a directory', async () => {
  const { dir, file, writer } = setUp();
  const other = createWriter({ dir });
  for (let total = 1; total <= 50; total += 1) {
    writer.publish('nav', nav(total));
    other.publish('nav', nav(-total));
    expect(await Promise.all([writer.flush(), other.flush()])).toMatchObject([{ ok: true }, { ok: true }]);
    expect(Math.abs((readJson(file) as { nav_total: number }).nav_total)).toBe(total);
  }
  expect(temporaryFiles(dir)).toEqual([]);
});

it('writes the other surfaces where one cannot be written', async () => {
  const { dir, file, writer } = setUp();
  mkdirSync(path.join(file, 'inside'), { recursive: true });
  writer.publish('nav', nav(1));
  writer.publish('positions', []);
  expect((await writer.flush()).findings).toHaveLength(1);
  expect(readFileSync(fileOf(dir, 'positions'), 'utf8')).toBe('[]\n');
});

it('keeps the valid file where the disk is full, and writes the newest document once there is space', async ({
  skip,
}) => {
  const { dir, file, writer } = setUp();
  mkdirSync(dir);
  const unavailable = mountTmpfs(dir, '128k');
  if (unavailable !== null) return skip(unavailable);
  writer.publish('nav', nav(1));
  expect(await writer.flush()).toMatchObject({ ok: true });
  for (const [filling, document] of [
    ['head -c 96k', largeNav(2)],
    ['cat', nav(3)],
  ] as const) {
    spawnSync('sh', ['-c', `${filling} /dev/zero > "${dir}/filler"`]);
    writer.publish('nav', document);
    expect(await writer.flush()).toMatchObject({ ok: false, findings: [{ rule: 'write-failed', actual: 'ENOSPC' }] });
    expect(readJson(file)).toMatchObject({ nav_total: 1 });
    expect(temporaryFiles(dir)).toEqual([]);
  }
  rmSync(path.join(dir, 'filler'));
  expect(await writer.close()).toMatchObject({ ok: true });
  expect(readJson(file)).toMatchObject({ nav_total: 3 });
});

it('reports a directory without write permission', async ({ skip }) => {
  if (process.getuid?.() === 0) return skip('root may write everywhere; processes.test.ts does this as another user');
  const { dir, writer } = setUp();
  mkdirSync(path.join(dir, 'state'), { recursive: true });
  chmodSync(path.join(dir, 'state'), 0o555);
  writer.publish('nav', nav(1));
  expect(await writer.flush()).toMatchObject({ findings: [{ actual: 'EACCES' }] });
});

/** Larger than what the first filling leaves: the disk takes a part of it. */
function largeNav(total: number): Publishable<Nav> {
  const offexchange = Object.fromEntries(
    Array.from({ length: 800 }, (_, index) => [`A${index}`, { qty: 1, avg_cost: null, mark: null, usd_value: null }]),
  );
  return { ...nav(total), aum: { futures: total, offexchange, total } };
}
