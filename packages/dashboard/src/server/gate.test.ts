import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBench, raw, request } from '../../test/server.js';
import { startDashboard } from './dashboard.js';
import type { Dashboard } from './dashboard.js';
import { tokenTrouble } from './gate.js';

const bench = createBench();
let dir: string;
let dashboard: Dashboard;
let host: string;

beforeAll(async () => {
  dir = await bench.directory();
  await mkdir(join(dir, 'state'));
  await writeFile(join(dir, 'state/nav.json'), '{"torn');
  dashboard = await bench.serve({ dir, limits: { headersMs: 500, requestMs: 1_000 } });
  host = `Host: 127.0.0.1:${dashboard.port}`;
});

afterAll(() => bench.dispose());

describe('the Host header', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]', 'LOCALHOST'])('may be %s with the port', async (name) => {
    expect((await raw(dashboard.port, request('GET / HTTP/1.1', `Host: ${name}:${dashboard.port}`))).status).toBe(200);
  });

  it.each<[string, (port: number) => string[]]>([
    ['there is none', () => []],
    ['it is empty', () => ['Host:']],
    ['it is another name', () => ['Host: evil.example']],
    ['it has another port', () => ['Host: 127.0.0.1:1']],
    ['it has no port', () => ['Host: 127.0.0.1']],
    ['there are two', (port) => [`Host: 127.0.0.1:${port}`, `Host: 127.0.0.1:${port}`]],
    ['a second one is foreign', (port) => [`Host: 127.0.0.1:${port}`, 'Host: evil.example']],
    ['it has a user part', (port) => [`Host: a@127.0.0.1:${port}`]],
    ['it ends with a dot', (port) => [`Host: localhost.:${port}`]],
  ])('is refused with 421, whatever the route and method, when %s', async (_name, headers) => {
    for (const line of ['GET / HTTP/1.1', 'GET /events HTTP/1.1', 'POST /metrics HTTP/1.1', 'GET /nowhere HTTP/1.1'])
      expect((await raw(dashboard.port, request(line, ...headers(dashboard.port)))).status).toBe(421);
  });

  it('is asked for in HTTP/1.0 too', async () => {
    expect((await raw(dashboard.port, 'GET / HTTP/1.0\r\n\r\n')).head).toMatch(/ 421 /);
  });

  it('does not help a request for an absolute URL', async () => {
    for (const target of ['http://evil.example/', `http://127.0.0.1:${dashboard.port}/`])
      expect((await raw(dashboard.port, request(`GET ${target} HTTP/1.1`, host))).status).toBe(400);
  });
});

describe('requests that other sites start', () => {
  it.each([
    ['a foreign Origin', 'Origin: http://evil.example'],
    ['the Origin null', 'Origin: null'],
    ['an empty Origin', 'Origin:'],
    ['the Origin of another port', 'Origin: http://127.0.0.1:1'],
    ['Sec-Fetch-Site cross-site', 'Sec-Fetch-Site: cross-site'],
    ['Sec-Fetch-Site same-site', 'Sec-Fetch-Site: same-site'],
  ])('are refused with 403 when they have %s', async (_name, header) => {
    for (const path of ['/', '/api/v1/surfaces', '/events', '/metrics', '/healthz', '/server.css']) {
      const answer = await raw(dashboard.port, request(`GET ${path} HTTP/1.1`, host, header));
      expect([path, answer.status]).toEqual([path, 403]);
      expect(answer.head.toLowerCase()).not.toContain('access-control');
    }
  });

  it('are refused when a second Origin is added to the right one', async () => {
    const origins = [`Origin: http://127.0.0.1:${dashboard.port}`, 'Origin: http://evil.example'];
    expect((await raw(dashboard.port, request('GET / HTTP/1.1', host, ...origins))).status).toBe(403);
  });

  it('are those of the page itself when Origin and Sec-Fetch-Site say so', async () => {
    const own = [`Origin: http://127.0.0.1:${dashboard.port}`, 'Sec-Fetch-Site: same-origin'];
    expect((await raw(dashboard.port, request('GET /api/v1/surfaces HTTP/1.1', host, ...own))).status).toBe(200);
    expect((await raw(dashboard.port, request('GET / HTTP/1.1', host, 'Sec-Fetch-Site: none'))).status).toBe(200);
  });
});

describe('what is asked for', () => {
  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])(
    'is refused with 405 when the method is %s',
    async (method) => {
      const answer = await raw(dashboard.port, request(`${method} / HTTP/1.1`, host));
      expect(answer.status).toBe(405);
      expect(answer.head).toMatch(/^allow: GET, HEAD\r?$/im);
    },
  );

  it('is answered without a body to HEAD', async () => {
    const answer = await raw(dashboard.port, request('HEAD /api/v1/surfaces HTTP/1.1', host));
    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(Number(/content-length: (\d+)/i.exec(answer.head)?.[1])).toBeGreaterThan(1_000);
    expect(await raw(dashboard.port, request('HEAD /events HTTP/1.1', host))).toMatchObject({ status: 200, body: '' });
  });

  it.each([
    '/../../../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/assets/../../package.json',
    '/assets/%2e%2e%2f%2e%2e%2fpackage.json',
    '/docs/../server.css',
    '//evil.example/',
    '/state/nav.json',
    '/api/v1/surfaces/nav/../nav',
    '/api/v1/surfaces/..%2fnav',
    '/api/v1/surfaces/__proto__',
    '/api/v1/surfaces/constructor',
    '/api/v1/ledgers/nav',
    '/api/v1/ledgers/../surfaces',
    '/events/',
    '/\u0000',
  ])('is 404 or 400 and nothing of a file when the path is %s', async (path) => {
    const answer = await raw(dashboard.port, request(`GET ${path} HTTP/1.1`, host));
    expect([400, 404]).toContain(answer.status);
    expect(answer.body).not.toMatch(/root:|hedge-telemetry\/|\.server-view/);
  });

  it('gets no body in', async () => {
    const headers = [host, 'Content-Length: 5'];
    expect((await raw(dashboard.port, `${request('GET / HTTP/1.1', ...headers)}hello`)).status).toBe(400);
    const chunked = [host, 'Transfer-Encoding: chunked'];
    expect((await raw(dashboard.port, `${request('GET / HTTP/1.1', ...chunked)}5\r\nhello\r\n0\r\n\r\n`)).status).toBe(
      400,
    );
  });

  it('is refused when the headers are larger than 8 KiB or the address is too long', async () => {
    expect((await raw(dashboard.port, request('GET / HTTP/1.1', host, `X: ${'x'.repeat(9_000)}`))).status).toBe(431);
    expect((await raw(dashboard.port, request(`GET /${'x'.repeat(3_000)} HTTP/1.1`, host))).status).toBe(414);
  });

  it('is refused bare when it is not HTTP', async () => {
    const answer = await raw(dashboard.port, 'hello\r\n\r\n');
    expect(answer).toMatchObject({ status: 400, body: '' });
  });

  it('is given up when it dribbles in', async () => {
    const closed = new Promise<string>((resolve) => {
      const socket = connect(dashboard.port, '127.0.0.1');
      let answer = '';
      socket.write(`GET / HTTP/1.1\r\n${host}\r\n`);
      const drip = setInterval(() => socket.write('X: y\r\n'), 100);
      socket.on('data', (chunk) => {
        answer += chunk.toString();
      });
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearInterval(drip);
        resolve(answer);
      });
    });
    expect(await closed).toMatch(/^HTTP\/1\.1 408 /);
  });
});

describe('every answer', () => {
  it.each(['/', '/api/v1/surfaces', '/healthz', '/metrics', '/nowhere', '/server.css'])(
    'carries the headers that keep a browser in its place: %s',
    async (path) => {
      const { head } = await raw(dashboard.port, request(`GET ${path} HTTP/1.1`, host));
      expect(head).toMatch(
        /content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'/,
      );
      expect(head).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
      for (const line of [
        'x-content-type-options: nosniff',
        'referrer-policy: no-referrer',
        'cross-origin-opener-policy: same-origin',
        'cross-origin-resource-policy: same-origin',
      ])
        expect(head).toContain(line);
      expect(head).toMatch(path === '/server.css' ? /cache-control: no-cache/ : /cache-control: no-store/);
      expect(head.toLowerCase()).not.toMatch(/access-control|x-powered-by|^server:/m);
    },
  );

  it('names no path of this machine and no stack, whatever is wrong', async () => {
    for (const path of [
      '/',
      '/api/v1/surfaces',
      '/api/v1/surfaces/nav',
      '/metrics',
      '/nowhere',
      '/api/v1/ledgers/events?limit=x',
    ]) {
      const { body } = await raw(dashboard.port, request(`GET ${path} HTTP/1.1`, host));
      expect(body).not.toContain(dir);
      expect(body).not.toMatch(/\n\s+at |node:internal/);
    }
  });
});

describe('where it listens', () => {
  it('is both loopback addresses, on one port', async () => {
    const answer = await raw(
      dashboard.port,
      request('GET /healthz HTTP/1.1', `Host: [::1]:${dashboard.port}`),
      3_000,
      '::1',
    );
    expect(answer.status).toBe(200);
    expect(dashboard.url).toBe(`http://127.0.0.1:${dashboard.port}/`);
  });

  it.each([
    ['0.0.0.0', undefined, /token of at least 128 bits/],
    ['0.0.0.0', 'short', /token/],
    ['0.0.0.0', 'a'.repeat(64), /random/],
    ['0.0.0.0', '0123456789abcdef0123456789abcde', /128 bits/],
  ])('is not %s with the token %s', async (address, token, message) => {
    const options = { dir, host: address, ...(token === undefined ? {} : { token }) };
    await expect(startDashboard(options)).rejects.toThrow(message);
  });

  it('may be any address with a token, which every route then asks for', async () => {
    const token = 'c2VjdXJlLXJhbmRvbS10b2tlbi0xMjg';
    const open = await bench.serve({ dir, host: '0.0.0.0', token });
    const own = `Host: 127.0.0.1:${open.port}`;
    const basic = Buffer.from(`operator:${token}`).toString('base64');
    const statusOf = async (path: string, ...headers: string[]): Promise<number> =>
      (await raw(open.port, request(`GET ${path} HTTP/1.1`, own, ...headers))).status;
    for (const path of ['/', '/events', '/metrics', '/healthz', '/server.css', '/nowhere'])
      expect(await statusOf(path)).toBe(401);
    expect(await statusOf(`/?token=${token}`)).toBe(401);
    expect(await statusOf('/metrics', `Authorization: Bearer ${token.slice(0, -1)}x`)).toBe(401);
    expect(await statusOf('/metrics', `Authorization: Bearer ${token}`)).toBe(200);
    expect(await statusOf('/', `Authorization: Basic ${basic}`)).toBe(200);
    expect(
      (await raw(open.port, request('GET / HTTP/1.1', 'Host: evil.example', `Authorization: Bearer ${token}`))).status,
    ).toBe(421);
    expect(await statusOf('/', `Authorization: Basic ${basic}`, 'Origin: http://evil.example')).toBe(403);
  });

  it('takes 128 random bits in hexadecimal or base64url for a token', () => {
    expect(tokenTrouble('0123456789abcdef0123456789abcdef')).toBeNull();
    expect(tokenTrouble('Zm9vYmFyYmF6cXV4MTIzNA')).toBeNull();
    expect(tokenTrouble('Zm9vYmFyYmF6cXV4MTIz')).toMatch(/128 bits/);
  });
});
