import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** True where the server of the tests is installed; else its tests are skipped. */
export const hasNatsServer: boolean = isInstalled('nats-server', '--version');
/** True where certificates can be made. */
export const hasOpenssl: boolean = isInstalled('openssl', 'version');

/** A real nats-server on loopback with a store of its own. */
export interface NatsServer {
  readonly url: string;
  readonly storeDir: string;
  start(): Promise<void>;
  /** Ends it without warning. */
  kill(): Promise<void>;
  /** Copies the store, lets something happen, and goes back to the copy. */
  rollBack(meanwhile: () => Promise<void>): Promise<void>;
  readonly log: () => string;
}

/** Makes a server that is not started yet. `config` is appended to its configuration file. */
export async function natsServer(directory: string, config = ''): Promise<NatsServer> {
  const port = await freePort();
  const storeDir = join(directory, 'store');
  const file = join(directory, 'nats.conf');
  mkdirSync(directory, { recursive: true });
  const jetstream = `jetstream { store_dir: ${JSON.stringify(storeDir)}, max_memory_store: 64MB, max_file_store: 2GB }`;
  writeFileSync(file, `listen: "127.0.0.1:${port}"\n${jetstream}\n${config}\n`);
  let child: ChildProcess | null = null;
  let log = '';

  return { url: `nats://127.0.0.1:${port}`, storeDir, log: () => log, start, kill, rollBack };

  async function start(): Promise<void> {
    const started = spawn('nats-server', ['-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    child = started;
    started.stderr.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-20_000)));
    await listening(port, started);
  }

  async function kill(): Promise<void> {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'close');
    child.kill('SIGKILL');
    await ended;
  }

  async function rollBack(meanwhile: () => Promise<void>): Promise<void> {
    const copy = join(directory, 'copy');
    await kill();
    cpSync(storeDir, copy, { recursive: true });
    await start();
    await meanwhile();
    await kill();
    rmSync(storeDir, { recursive: true });
    renameSync(copy, storeDir);
    await start();
  }
}

async function listening(port: number, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`nats-server ended with ${child.exitCode}`);
    if (await answers(port)) return;
    await sleep(10);
  }
  throw new Error('nats-server does not listen');
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => end(true));
    socket.once('error', () => end(false));
    function end(result: boolean): void {
      socket.destroy();
      resolve(result);
    }
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function isInstalled(command: string, question: string): boolean {
  try {
    execFileSync(command, [question], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
