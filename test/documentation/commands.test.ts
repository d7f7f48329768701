import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { repositoryCopy } from '../repository-copy.js';
import { repository } from '../support.js';
import { inlineCommands, shellCommands } from './code-blocks.js';
import { createWorkplace, fillLogs } from './workplace.js';
import type { Workplace } from './workplace.js';

/** Pages whose commands need more than a directory of logs: each has a test of its own. */
const ELSEWHERE = ['docs/changing-a-schema.md', 'docs/fleet.md'];

/** Commands that go on until they are interrupted, and what they have printed when they do their work. */
const FOLLOWING: readonly (readonly [command: RegExp, ready: RegExp])[] = [
  [/^npm start/, /http:\/\/127\.0\.0\.1:\d+/],
  [/ serve /, /http:\/\/127\.0\.0\.1:\d+/],
  [/ sync (?!.*--once)/, /\S/],
  [/ watch (?!.*(--once|--for))/, /\S/],
];

/** Not run here, and why. */
const NOT_RUN: readonly (readonly [command: RegExp, reason: string])[] = [
  [/^npm test\b/, 'this is it'],
  [/^python3 -m pip install/, 'packages/contract-python has a test of its installation'],
];

const pages = ['README.md', 'VERSIONING.md', 'CONTRIBUTING.md', ...pagesBelow('docs'), ...packagePages()].filter(
  (page) => !ELSEWHERE.includes(page),
);

let place: Workplace;

beforeAll(async () => {
  place = createWorkplace(repositoryCopy());
  await fillLogs(path.join(place.directory, 'logs'));
  cpSync(path.join(place.directory, 'logs'), path.join(place.directory, 'mirror'), { recursive: true });
  for (const name of ['nav.json', 'state/nav.json'])
    cpSync(path.join(place.directory, 'logs/state/nav.json'), path.join(place.directory, name), { recursive: true });
  writeFileSync(path.join(place.directory, 'events.jsonl'), '');
}, 300_000);

afterAll(() => rmSync(place.directory, { recursive: true, force: true }));

const commands = pages.flatMap((page) => shellCommands(read(page)).map((each) => ({ page, ...each })));

describe('every command that a page gives', () => {
  it.each(commands.filter(({ command }) => !isLeftOut(command)))(
    'does its work: $page:$line $command',
    { timeout: 300_000 },
    async ({ command }) => {
      const given = withValues(command);
      const ready = FOLLOWING.find(([pattern]) => pattern.test(given))?.[1];
      const { status, printed } = await (ready === undefined ? place.run(given) : place.follow(given, ready));
      expect(status, printed).toBe(0);
    },
  );

  it('is run, or has a reason not to be', () => {
    expect(commands.length).toBeGreaterThan(10);
    for (const [pattern, reason] of NOT_RUN)
      expect(
        commands.some(({ command }) => pattern.test(command)),
        `nothing matches ${pattern} (${reason})`,
      ).toBe(true);
  });
});

describe('every command that prose mentions', () => {
  const mentioned = [...pages, ...ELSEWHERE, ...generatedPages()].flatMap((page) =>
    inlineCommands(read(page)).map(({ command, line }) => ({ page, line, command })),
  );
  /** By command and options, since arguments only name a surface, a field or a file. */
  const distinct = new Map(mentioned.map((each) => [partsOf(each.command).join(' '), each]));

  it.each([...distinct.values()])(
    'exists, with its options: $command',
    { timeout: 60_000 },
    async ({ page, line, command }) => {
      const [words = '', ...options] = partsOf(command);
      const help = await helpOf(words.split(' '));
      expect(help, `no such command: ${command} (${page}:${line})`).not.toBeNull();
      for (const option of options) expect(help, `${page}:${line}`).toContain(option);
    },
  );
});

/** The words that may name a command, and the options. */
function partsOf(command: string): string[] {
  const words = /^hedge-telemetry((?: [a-z][a-z-]*)*)/.exec(command)?.[1]?.trim().split(' ') ?? [];
  const isGroup = ['schema', 'fleet', 'export'].includes(words[0] ?? '');
  const options = [...command.matchAll(/(?<= )--[a-z-]+/g)].map(([option]) => option);
  return [words.slice(0, isGroup ? 2 : 1).join(' '), ...new Set(options)];
}

/** The help of the longest command that the words begin with; what follows may be arguments. */
async function helpOf(words: readonly string[]): Promise<string | null> {
  for (let count = Math.min(words.length, 2); count > 0; count -= 1) {
    const { status, printed } = await place.run(`hedge-telemetry ${words.slice(0, count).join(' ')} --help`);
    if (status === 0 && printed.startsWith(`Usage: hedge-telemetry ${words.slice(0, count).join(' ')} `))
      return printed;
  }
  return null;
}

function isLeftOut(command: string): boolean {
  return NOT_RUN.some(([pattern]) => pattern.test(command));
}

/** What a page writes in capitals stands for a value of the reader's; a port is free only by chance. */
function withValues(command: string): string {
  return command
    .replace(/\bDIR\b/g, 'logs')
    .replace(/\bNEW\b/g, '"$(mktemp -d)/new"')
    .replace(/(?<= )--out new\b/, '--out "$(mktemp -d)/new"')
    .replace(/(\bserve [^#]*?)(\s*#|$)/, '$1 --port 0$2')
    .replace(/^npm start\b/, `cd ${JSON.stringify(repository)} && npm start`);
}

function read(page: string): string {
  return readFileSync(path.join(repository, page), 'utf8');
}

function pagesBelow(folder: string): string[] {
  return readdirSync(path.join(repository, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);
}

/** The pages that are made from the contract, in folders below docs. */
function generatedPages(): string[] {
  return readdirSync(path.join(repository, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((name) => `docs/${name.split(path.sep).join('/')}`)
    .filter((name) => name.endsWith('.md') && name.split('/').length > 2)
    .toSorted();
}

function packagePages(): string[] {
  return readdirSync(path.join(repository, 'packages'), { recursive: true, encoding: 'utf8' })
    .filter((name) => path.basename(name) === 'README.md' && !name.includes('node_modules'))
    .map((name) => `packages/${name}`)
    .toSorted();
}
