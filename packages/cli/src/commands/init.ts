import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { directoryTrouble } from '../directory.js';
import { docsDirectory } from '../docs-directory.js';
import { fileText, putFile } from '../draft/write-new.js';
import type { Put } from '../draft/write-new.js';
import { exitCodes } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { ask, DEFAULTS } from '../init/ask.js';
import type { Given } from '../init/ask.js';
import { addAssociations } from '../init/editor-settings.js';
import { associations, planFor } from '../init/plan.js';
import type { Answers, Plan } from '../init/plan.js';
import { jsonText } from '../render/json.js';
import { renderPut } from '../render/put.js';
import { safe } from '../render/safe.js';
import type { Terminal } from '../terminal.js';

export interface InitOptions extends Given {
  /** Takes the defaults for what was not given. */
  readonly yes?: boolean;
}

/** Where the project keeps its copies of the published schemas. */
const SCHEMAS = 'telemetry/schemas';
const TEMPLATES = fileURLToPath(new URL('../../templates', import.meta.url));

/** `init [DIR]`: sets a project up to write or read telemetry. Nothing is overwritten. */
export async function init(project: string, { yes, ...given }: InitOptions, terminal: Terminal): Promise<ExitCode> {
  const trouble = await directoryTrouble(project, terminal);
  if (trouble !== null) return trouble;
  const canAsk = process.stdin.isTTY && process.stderr.isTTY && !terminal.json;
  if (yes !== true && !canAsk) {
    terminal.err('error: nobody can be asked here', '  fix: Give --yes, with --role, --language and --logs as needed.');
    return exitCodes.usage;
  }
  const answers = yes === true ? withDefaults(given) : await ask(given);
  if (answers === null) {
    terminal.err('', 'broken off; nothing was written');
    return exitCodes.usage;
  }
  if (!isWithin(answers.logs)) {
    terminal.err(
      `error: ${safe(answers.logs)} is not below the project`,
      '  fix: Give a relative path of letters, digits, ".", "_" and "-", without "..".',
    );
    return exitCodes.usage;
  }
  const plan = planFor(answers);
  const puts = await write(project, answers, plan);
  if (terminal.json) terminal.out(jsonText({ answers, files: puts }));
  else terminal.out(...puts.map((each) => renderPut(project, each)));
  terminal.err(...advice(answers, plan));
  return puts.some(({ outcome }) => outcome === 'failed') ? exitCodes.io : exitCodes.clean;
}

function withDefaults({ role, language, logs }: Given): Answers {
  return { role: role ?? DEFAULTS.role, language: language ?? DEFAULTS.language, logs: logs ?? DEFAULTS.logs };
}

function isWithin(logs: string): boolean {
  return logs !== '' && !path.isAbsolute(logs) && !logs.split(/[\\/]/).includes('..') && /^[\w./-]+$/.test(logs);
}

async function write(project: string, { logs }: Answers, { files }: Plan): Promise<Put[]> {
  const puts: Put[] = [];
  for (const { path: file, template, values } of files) {
    const text = await readFile(path.join(TEMPLATES, template), 'utf8');
    const filled = text.replaceAll(/__([A-Z]+)__/g, (placeholder, name: string) => values[name] ?? placeholder);
    puts.push(await putFile(path.join(project, file), filled));
  }
  const schemas = await copySchemas(project);
  return schemas.length === 0
    ? puts
    : [...puts, ...schemas, await addAssociations(project, associations(logs, SCHEMAS))];
}

/** Copies the newest published schema of every state surface, so that editors need no network. */
async function copySchemas(project: string): Promise<Put[]> {
  const docs = docsDirectory();
  if (docs === null) return [];
  const published = path.join(docs, 'schemas/state');
  const puts: Put[] = [];
  for (const name of (await namesIn(published)).filter((each) => each.endsWith('.schema.json'))) {
    const schema = JSON.parse(await readFile(path.join(published, name), 'utf8')) as unknown;
    puts.push(await putFile(path.join(project, SCHEMAS, name), fileText(schema)));
  }
  return puts;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).toSorted();
  } catch {
    return [];
  }
}

function advice({ role, language, logs }: Answers, { packages }: Plan): string[] {
  const first =
    role === 'reader'
      ? 'node telemetry/read.mjs'
      : language === 'python'
        ? 'python3 telemetry/publish.py'
        : 'node telemetry/publish.mjs';
  return [
    `next: npm install ${packages.join(' ')}${language === 'python' && role !== 'reader' ? ', and python3 -m pip install hedge-telemetry' : ''}`,
    `then: ${first}, and hedge-telemetry check ${logs}`,
  ];
}
