import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, navDocument, put, start } from '../../test/run-cli.js';

const TOKEN = 'c2VjdXJlLXJhbmRvbS10b2tlbi0xMjg';
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cli-serve-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

describe('serve', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'prints one address, answers there, and ends cleanly on %s',
    async (signal) => {
      await put(dir, 'state/nav.json', navDocument());
      const { child, printed, ended } = start(['serve', '--dir', dir, '--port', '0']);
      let address = '';
      child.stdout?.on('data', (text: string) => {
        address += text;
      });
      await printed('\n');
      expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\n$/);
      const page = await fetch(address.trim());
      expect(await page.text()).toContain('surface-nav');
      child.kill(signal);
      expect(await ended).toMatchObject({ exit: 0, err: '' });
    },
  );

  it('refuses other addresses without a token, or with a weak one', async () => {
    const open = await cli(['serve', '--dir', dir, '--host', '0.0.0.0']);
    expect(open).toMatchObject({ exit: 2, out: '' });
    expect(open.err).toMatch(/token of at least 128 bits[^]*fix: --token-file/);
    await writeFile(join(dir, 'token'), 'secret\n');
    const weak = await cli(['serve', '--dir', dir, '--host', '0.0.0.0', '--token-file', join(dir, 'token')]);
    expect(weak.exit).toBe(2);
    expect(weak.err).not.toContain('secret\n');
  });

  it('takes the token from a file or the environment', async () => {
    const { child, printed, ended } = start(['serve', '--dir', dir, '--port', '0', '--json'], {
      HEDGE_TELEMETRY_TOKEN: TOKEN,
    });
    let out = '';
    child.stdout?.on('data', (text: string) => {
      out += text;
    });
    await printed('}\n');
    const { url } = JSON.parse(out) as { url: string };
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, { headers: { authorization: `Bearer ${TOKEN}` } })).status).toBe(200);
    child.kill();
    expect((await ended).exit).toBe(0);
  });

  it('says that there is no such directory, and that a port is no port', async () => {
    expect(await cli(['serve', '--dir', join(dir, 'nowhere')])).toMatchObject({ exit: 3, out: '' });
    expect((await cli(['serve', '--dir', dir, '--port', '70000'])).exit).toBe(2);
    expect((await cli(['serve', '--dir', dir, '--allow-host', 'a b'])).exit).toBe(2);
  });

  it('exits 4 where the file of the token cannot be read, and names it', async () => {
    const { exit, err } = await cli(['serve', '--dir', dir, '--port', '0', '--token-file', join(dir, 'nowhere')]);
    expect(exit).toBe(4);
    expect(err).toMatch(/nowhere[\s\S]*fix: --token-file FILE/);
  });

  it('exits 4 where the port is taken', async () => {
    const { child, printed, ended } = start(['serve', '--dir', dir, '--port', '0']);
    let out = '';
    child.stdout?.on('data', (text: string) => {
      out += text;
    });
    await printed('\n');
    const second = await cli(['serve', '--dir', dir, '--port', new URL(out.trim()).port]);
    expect(second.exit).toBe(4);
    expect(second.err).toContain('EADDRINUSE');
    expect(second.err).toContain('fix: --port N');
    child.kill();
    await ended;
  });
});
