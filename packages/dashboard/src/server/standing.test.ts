import { chmod, mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { get as httpGet } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ledgerNames, registry } from '@hedge-telemetry/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { writeHealthy } from '../../test/conditions.js';
import { openStream } from '../../test/event-stream.js';
import { get, getJson, plainText } from '../../test/get.js';
import { navLedger } from '../../test/records.js';
import { createBench } from '../../test/server.js';
import type { ApiLedger, SurfacesAnswer } from '../api/types.js';

const bench = createBench();
const examples = fileURLToPath(new URL('../../../../schemas/examples', import.meta.url));

afterEach(() => bench.dispose());

function now(): number {
  return Date.now() / 1000;
}

async function ledgersOf(url: string): Promise<ReadonlyMap<string, ApiLedger>> {
  const { ledgers } = await getJson<SurfacesAnswer>(url, '/api/v1/surfaces');
  return new Map(ledgers.map((each) => [each.name, each]));
}

describe('a ledger that cannot be read', () => {
  it('is unreadable, says why, and is read again once it can be', async () => {
    const dir = await bench.directory();
    await writeHealthy(dir, now());
    const file = join(dir, registry.risk_vetoes.file);
    await rm(file);
    await mkdir(file);
    const { url } = await bench.serve({ dir });
    expect((await ledgersOf(url)).get('risk_vetoes')).toMatchObject({
      state: 'unreadable',
      last_finding: { rule: 'file-unreadable', file: registry.risk_vetoes.file },
    });
    const { status } = await getJson<SurfacesAnswer>(url, '/api/v1/surfaces');
    expect(status.worst).toBe('unreadable');
    const page = plainText((await get(url, '/')).text);
    expect(page).toContain('unreadable: the path is a directory');
    expect(page).not.toContain('Risk gates that refused an order.');
    expect((await get(url, '/metrics')).text).toContain(
      'hedge_ledger_state{ledger="risk_vetoes",state="unreadable"} 1',
    );
    await rm(file, { recursive: true });
    await writeFile(file, '');
    expect((await ledgersOf(url)).get('risk_vetoes')).toMatchObject({ state: 'absent', last_finding: null });
  });

  it('is unreadable where its folder cannot be entered, whatever the reason', async () => {
    const dir = await bench.directory();
    await writeHealthy(dir, now());
    await rm(join(dir, 'execution'), { recursive: true });
    await writeFile(join(dir, 'execution'), 'a file');
    const { url } = await bench.serve({ dir });
    const states = await ledgersOf(url);
    const below = ledgerNames.filter((name) => registry[name].file.startsWith('execution/'));
    expect(below.map((name) => states.get(name)?.state)).toEqual(below.map(() => 'unreadable'));
  });

  it.skipIf(process.getuid?.() === 0)('is unreadable where this user may not read it', async () => {
    const dir = await bench.directory();
    await writeHealthy(dir, now());
    await chmod(join(dir, registry.events.file), 0);
    const { url } = await bench.serve({ dir });
    expect((await ledgersOf(url)).get('events')?.state).toBe('unreadable');
  });
});

describe('a mirror', () => {
  async function served(report: object, offset = 0) {
    const dir = await bench.directory();
    await writeHealthy(dir, now());
    await writeFile(join(dir, 'sync_report.json'), JSON.stringify({ ok: true, lag_bytes: 0, lag_s: 0, ...report }));
    const clock = { offset };
    const server = await bench.serve({ dir, now: () => now() + clock.offset });
    const status = async () => (await getJson<SurfacesAnswer>(server.url, '/api/v1/surfaces')).status;
    return { ...server, clock, status };
  }

  it('is stale, in the worst state as well, once it reports no more', async () => {
    const { url, port, clock, status } = await served({ ts: now(), mode: 'follow', duration_s: 0.5 });
    expect(await status()).toMatchObject({ worst: 'fresh', mirror: { ok: true, stale_after_s: 11 } });
    const reader = await openStream(port);
    await reader.next('hello', ({ status: { worst } }) => worst === 'fresh');
    clock.offset = 15;
    await reader.next('status', ({ status: { worst } }) => worst === 'stale');
    reader.close();
    expect(await status()).toMatchObject({ worst: 'stale' });
    expect(plainText((await get(url, '/')).text)).toMatch(/Mirror, stale: .*It does not run any more, or hangs\./);
    const metrics = (await get(url, '/metrics')).text;
    expect(metrics).toMatch(/^hedge_mirror_pass_timestamp_seconds \d{10}/m);
    expect(metrics).toMatch(/^hedge_mirror_stale_after_seconds 11$/m);
    expect(metrics).toMatch(/^hedge_mirror_lag_seconds 0$/m);
  });

  it('is stale where it is behind, and where it cannot read its source', async () => {
    for (const lag_s of [61, null]) {
      const { status } = await served({ ts: now(), mode: 'follow', lag_s });
      expect((await status()).worst).toBe('stale');
    }
  });

  it('that nobody follows is old and not dead', async () => {
    const { url, status } = await served({ ts: now() - 3_600, mode: 'once' });
    expect(await status()).toMatchObject({ worst: 'fresh', mirror: { stale_after_s: null } });
    expect((await get(url, '/metrics')).text).toMatch(/^hedge_mirror_stale_after_seconds \+Inf$/m);
  });

  it('tells how it stands with every heartbeat, whatever else is quiet', async () => {
    const dir = await bench.directory();
    await mkdir(join(dir, 'state'));
    const server = await bench.serve({ dir, limits: { heartbeatMs: 30 } });
    const reader = await openStream(server.port);
    await reader.next('heartbeat', ({ mirror }) => mirror === null);
    const ts = now();
    await writeFile(join(dir, 'sync_report.json'), JSON.stringify({ ok: true, ts, lag_bytes: 0, lag_s: 0 }));
    await reader.next('heartbeat', ({ mirror }) => mirror?.ts === ts);
    reader.close();
  });
});

describe('a server whose looks at the files fail', () => {
  it('says so: 503, the error, and a page that says from when it is', async () => {
    const dir = await bench.directory();
    await writeHealthy(dir, now());
    const errors: unknown[] = [];
    const trouble = { error: null as Error | null };
    const clock = { offset: 0 };
    const { url } = await bench.serve({
      dir,
      now: () => now() + clock.offset,
      mirror: () => {
        if (trouble.error !== null) throw trouble.error;
        return null;
      },
      onError: (error) => errors.push(error),
      limits: { maxLookAgeMs: 1_500 },
    });
    await expect.poll(async () => (await get(url, '/healthz')).status, { timeout: 20_000 }).toBe(200);
    trouble.error = new Error('the disk is gone');
    await expect.poll(async () => (await get(url, '/healthz')).status, { timeout: 20_000 }).toBe(503);
    expect(errors).toContain(trouble.error);
    expect(await get(url, '/metrics')).toMatchObject({ status: 200 });
    clock.offset = 60;
    expect(plainText((await get(url, '/')).text)).toMatch(/has not looked at the files for \d+ s/);
    trouble.error = null;
    await expect.poll(async () => (await get(url, '/healthz')).status, { timeout: 20_000 }).toBe(200);
  });
});

describe('the environment', () => {
  it('is told with the state of what names it; what is fresh counts first', async () => {
    const dir = await bench.directory();
    await mkdir(join(dir, 'state'));
    const probe = { schema: 'v6_runtime_probe_v1', engine_version: 'x', flags: {}, environment: 'TESTNET' };
    await writeFile(join(dir, 'state/v6_runtime_probe.json'), JSON.stringify({ ...probe, ts: now() - 90_000 }));
    const { url } = await bench.serve({ dir });
    const environment = async () => (await getJson<SurfacesAnswer>(url, '/api/v1/surfaces')).status.environment;
    expect(await environment()).toMatchObject({ name: 'TESTNET', state: 'stale' });
    expect(plainText((await get(url, '/')).text)).toContain('TESTNET (stale, 25.0 h old)');
    await mkdir(join(dir, 'execution'), { recursive: true });
    const order = JSON.parse(
      await readFile(join(examples, 'orders_executed/valid/ack-dry-run.json'), 'utf8'),
    ) as object;
    const line = JSON.stringify({ ...order, ts: new Date().toISOString() });
    await writeFile(join(dir, registry.orders_executed.file), `${line}\n`);
    expect(await environment()).toMatchObject({ name: 'DRY-RUN', state: 'fresh' });
  });
});

describe('a file whose time lies ahead', () => {
  it('is read again when it changes, and not with every look', async () => {
    const dir = await bench.directory();
    await writeHealthy(dir, now());
    const ahead = new Date(Date.now() + 3_600_000);
    await utimes(join(dir, registry.nav.file), ahead, ahead);
    await utimes(join(dir, registry.events.file), ahead, ahead);
    const { hub } = await bench.serve({ dir });
    await delay(50);
    await hub.look();
    const before = hub.reads();
    for (let look = 0; look < 5; look += 1) await hub.look();
    expect(hub.reads()).toBe(before);
  });
});

describe('the page', () => {
  it('begins with its head, before anything was looked at', async () => {
    const dir = await bench.directory();
    await writeHealthy(dir, now());
    const { url } = await bench.serve({ dir });
    const parts = await new Promise<string[]>((resolve, reject) => {
      httpGet(url, { agent: false }, (response) => {
        const texts: string[] = [];
        response.setEncoding('utf8');
        response.on('data', (text: string) => texts.push(text));
        response.on('end', () => resolve(texts));
      }).on('error', reject);
    });
    expect(parts[0]).toMatch(/\/server\.css[^]*<main class="server-view">$/);
    expect(parts[1]).toContain('id="headline"');
    expect(parts[1]).not.toContain('id="contract-health"');
    expect(parts.join('')).toMatch(/<\/main>[^]*<\/html>\s*$/);
  });
});

describe('addresses', () => {
  it('that are printed can be asked, also for every address of the machine', async () => {
    const token = 'f00dfeedcafe0123456789abcdef9876';
    const dir = await bench.directory();
    const { url } = await bench.serve({ dir, host: '::', token });
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(new URL('/healthz', url), { headers })).status).toBe(200);
  });

  it('of the page are / and /index.html, with the same readable HTML', async () => {
    const dir = await bench.directory();
    navLedger(dir).append(1, 3);
    const { url } = await bench.serve({ dir });
    const { status, text } = await get(url, '/index.html');
    expect(status).toBe(200);
    expect(text).toContain('<main class="server-view">');
  });

  it('that browsers ask for by themselves are there', async () => {
    const { url } = await bench.serve({ dir: await bench.directory() });
    expect((await get(url, '/favicon.ico')).status).toBeLessThan(300);
  });
});
