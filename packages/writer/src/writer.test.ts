import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { ledgerNames, stateNames } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';
import { fileOf, linesOf, nav, navPoint, orderEvent, readJson, temporaryDirectory } from '../test/fixtures.js';
import { createWriter } from './index.js';
import type { Finding, Publishable } from './index.js';

describe('publish', () => {
  it('refuses a document with an error and leaves the valid file', async () => {
    const dir = temporaryDirectory();
    const writer = createWriter({ dir });
    writer.publish('nav', nav(1));
    await writer.flush();
    const before = readFileSync(fileOf(dir, 'nav'), 'utf8');
    const wrong: unknown = { ...nav(2), nav_age_s: -1 };
    const result = writer.publish('nav', wrong as Publishable<never>);
    expect(result).toMatchObject({ ok: false, findings: [{ rule: 'out-of-range', pointer: '/nav_age_s' }] });
    await writer.close();
    expect(readFileSync(fileOf(dir, 'nav'), 'utf8')).toBe(before);
    expect(writer.stats().surfaces.nav).toMatchObject({ published: 1, refused: 1, written: 1 });
  });

  it('takes a snapshot: what the caller changes afterwards is not written', async () => {
    const dir = temporaryDirectory();
    const writer = createWriter({ dir });
    const aum = { futures: 1, offexchange: {}, total: 1 };
    writer.publish('nav', { ...nav(1), aum });
    aum.futures = 2;
    await writer.close();
    expect(readJson(fileOf(dir, 'nav'))).toMatchObject({ aum: { futures: 1 } });
  });

  it('takes a document with warnings and returns them', () => {
    const result = createWriter({ dir: temporaryDirectory() }).publish('nav', nav(NaN));
    expect(result.ok).toBe(true);
    expect(result.findings.map(({ rule }) => rule)).toEqual(Array(3).fill('non-finite-number'));
  });

  it('counts the numbers that were not finite, also of a refused document', () => {
    const writer = createWriter({ dir: temporaryDirectory() });
    writer.publish('nav', nav(NaN));
    writer.publish('nav', { ...nav(-Infinity), nav_age_s: -1 });
    expect(writer.stats().surfaces.nav).toMatchObject({ published: 1, refused: 1, nonFinite: 6 });
  });
});

describe('append', () => {
  it('refuses an invalid record and goes on with the next', async () => {
    const dir = temporaryDirectory();
    const writer = createWriter({ dir });
    expect(writer.append('nav_history', { nav_total: 'much' } as never)).toMatchObject({
      ok: false,
      findings: [{ rule: 'type-mismatch', surface: 'nav_history', pointer: '/nav_total' }],
    });
    expect(writer.append('nav_history', navPoint(1))).toEqual({ ok: true, findings: [] });
    await writer.close();
    expect(linesOf(fileOf(dir, 'nav_history'))).toHaveLength(1);
    expect(writer.stats().ledgers.nav_history).toMatchObject({ appended: 1, refused: 1 });
  });

  it('stamps the time of the call, not of the writing', async () => {
    const dir = temporaryDirectory();
    let time = 10;
    const writer = createWriter({ dir, now: () => time });
    writer.append('events', orderEvent);
    time = 20;
    await writer.close();
    expect(readJson(fileOf(dir, 'events'))).toMatchObject({ schema: 'events_v1', ts: '1970-01-01T00:00:10.000Z' });
  });

  it('takes the time from the system by default', () => {
    const before = Date.now();
    const writer = createWriter({ dir: temporaryDirectory() });
    expect(writer.append('nav_history', { nav_total: before })).toMatchObject({ ok: true });
  });
});

describe('a name that the registry does not hold', () => {
  const names = ['nope', 'toString', '__proto__', '', 5, null, undefined, Symbol('nav'), {}, ['nav'], revoked()];

  it.each(names.map((name, index) => [index, name] as const))(
    'gives a finding and no file: %i',
    async (_index, name) => {
      const dir = temporaryDirectory();
      const writer = createWriter({ dir });
      expect(writer.publish(name as 'nav', nav(1))).toMatchObject({
        ok: false,
        findings: [{ rule: 'unknown-surface' }],
      });
      expect(writer.append(name as 'events', orderEvent)).toMatchObject({ findings: [{ rule: 'unknown-surface' }] });
      await writer.close();
      expect(readdirSync(dir)).toEqual([]);
    },
  );

  it('includes a ledger given to publish and a surface given to append', () => {
    const writer = createWriter({ dir: temporaryDirectory() });
    expect(writer.publish('events' as never, {} as never)).toMatchObject({ findings: [{ rule: 'unknown-surface' }] });
    expect(writer.append('nav' as never, {} as never)).toMatchObject({ findings: [{ rule: 'unknown-surface' }] });
  });
});

describe('onFinding', () => {
  it('hears what publish and append return', () => {
    const heard: Finding[] = [];
    const writer = createWriter({ dir: temporaryDirectory(), onFinding: (each) => heard.push(each) });
    const returned = [...writer.publish('nav', nav(NaN)).findings, ...writer.append('events', {} as never).findings];
    expect(heard).toEqual(returned);
    expect(heard.length).toBeGreaterThan(3);
  });

  it('may throw, and may publish a faulty document itself', async () => {
    let calls = 0;
    const writer = createWriter({
      dir: temporaryDirectory(),
      onFinding() {
        calls += 1;
        writer.publish('nav', {} as never);
        throw new Error('listener');
      },
    });
    expect(writer.publish('nope' as never, {} as never).ok).toBe(false);
    expect(calls).toBe(1);
    expect(writer.publish('nav', nav(1)).ok).toBe(true);
    expect(await writer.close()).toMatchObject({ ok: true });
  });
});

describe('close', () => {
  it('writes what was handed over and refuses what comes after', async () => {
    const dir = temporaryDirectory();
    const writer = createWriter({ dir });
    writer.publish('nav', nav(1));
    writer.append('events', orderEvent);
    const closing = writer.close();
    expect(writer.publish('nav', nav(2))).toMatchObject({
      ok: false,
      findings: [{ rule: 'writer-closed', surface: 'nav' }],
    });
    expect(writer.append('events', orderEvent)).toMatchObject({ ok: false, findings: [{ rule: 'writer-closed' }] });
    expect(await closing).toEqual({ ok: true, findings: [] });
    expect(readJson(fileOf(dir, 'nav'))).toMatchObject({ nav_total: 1 });
    expect(linesOf(fileOf(dir, 'events'))).toHaveLength(1);
  });

  it('leaves no file of the directory open', async ({ skip }) => {
    if (!existsSync('/proc/self/fd')) return skip('there is no /proc to look at');
    const dir = temporaryDirectory();
    const writer = createWriter({ dir });
    writer.publish('nav', nav(1));
    writer.append('events', orderEvent);
    await writer.flush();
    expect(openFiles(dir)).toContain(fileOf(dir, 'events'));
    await writer.close();
    expect(openFiles(dir)).toEqual([]);
  });

  it('may be called again', async () => {
    const writer = createWriter({ dir: temporaryDirectory() });
    await Promise.all([writer.close(), writer.close()]);
    expect(await writer.close()).toEqual({ ok: true, findings: [] });
  });
});

describe('stats', () => {
  it('names every surface and ledger and is a copy', () => {
    const writer = createWriter({ dir: temporaryDirectory() });
    const before = writer.stats();
    expect(Object.keys(before.surfaces)).toEqual([...stateNames]);
    expect(Object.keys(before.ledgers)).toEqual([...ledgerNames]);
    writer.publish('nav', nav(1));
    expect(before.surfaces.nav.published).toBe(0);
    expect(writer.stats().surfaces.nav.published).toBe(1);
  });
});

it('touches nothing before something is handed over', async () => {
  const dir = path.join(temporaryDirectory(), 'logs');
  const writer = createWriter({ dir });
  expect(await writer.flush()).toEqual({ ok: true, findings: [] });
  await writer.close();
  expect(existsSync(dir)).toBe(false);
});

it('takes a directory relative to where it was created, and names it as given', async () => {
  const dir = path.relative(process.cwd(), temporaryDirectory());
  const writer = createWriter({ dir });
  writer.publish('positions', []);
  await writer.close();
  expect(existsSync(fileOf(dir, 'positions'))).toBe(true);
});

function openFiles(directory: string): string[] {
  const links = readdirSync('/proc/self/fd').map((fd) => linkOf(`/proc/self/fd/${fd}`));
  return links.filter((link) => link.startsWith(directory));
}

function linkOf(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
