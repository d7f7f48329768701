import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import {
  interpret,
  isStateName,
  parseJson,
  registry,
  validateReaderView,
  validateWriterView,
} from '@hedge-telemetry/contract';
import type { Finding, StateName } from '@hedge-telemetry/contract';
import { createReader } from '@hedge-telemetry/reader';

import { prepare } from '../../packages/writer/src/prepare.js';
import { createRedaction } from '../../packages/writer/src/redact/index.js';
import type { Redaction } from '../../packages/writer/src/redact/index.js';
import { withDirectory } from '../support.js';
import { given } from './case.js';
import type { Answer, Case, DocumentCase, Outcome, ParseCase, ReadCase, WriteCase } from './case.js';

const redactions = new Map<string, Redaction>();

/** What the TypeScript packages make of a case, as plain JSON data. */
export async function outcomeOf(each: Case): Promise<Outcome> {
  return JSON.parse(JSON.stringify(await answer(each)), withoutEmptyRaw) as Outcome;
}

/** Python has one None for a raw value that is null and for none. */
function withoutEmptyRaw(key: string, value: unknown): unknown {
  return key === 'raw' && value === null ? undefined : value;
}

async function answer(each: Case): Promise<Outcome> {
  switch (each.do) {
    case 'write':
      return { write: written(each) };
    case 'parse':
      return { read: parsedLine(each) };
    case 'read':
      return { read: await read(each) };
    case 'document':
      return documentOutcome(each);
  }
}

async function documentOutcome({ id, surface, text, now }: DocumentCase): Promise<Outcome> {
  const document = given(text);
  const bytes = Buffer.from(text).toString('base64');
  return {
    write: written({ id, do: 'write', surface, text, now }),
    writer: validateWriterView(surface, document),
    reader: validateReaderView(surface, document),
    read: isStateName(surface)
      ? await read({ id, do: 'read', surface, files: { [surface]: bytes }, now })
      : parsedLine({ id, do: 'parse', surface, bytes }),
  };
}

function written({ surface, text, now, env = {} }: WriteCase): Answer {
  const key = JSON.stringify(env);
  const redaction = redactions.get(key) ?? createRedaction({ env });
  redactions.set(key, redaction);
  return { ...prepare(registry[surface], given(text), () => now, redaction) };
}

function parsedLine({ surface, bytes }: ParseCase): Answer {
  const parsed = parseJson(Buffer.from(bytes, 'base64'));
  if (!parsed.ok) return { dialect: null, version: null, document: null, findings: [parsed.finding] };
  const { dialect, version, document, findings } = interpret(surface, parsed.value);
  return { dialect, version, document, findings };
}

function read({ surface, files, now }: ReadCase): Promise<Answer> {
  return withDirectory(async (directory) => {
    await mkdir(path.join(directory, 'state'));
    for (const [name, bytes] of Object.entries(files))
      await writeFile(path.join(directory, registry[name as StateName].file), Buffer.from(bytes, 'base64'));
    const reader = createReader({ dir: directory, now: () => now });
    const { surface: _, file: _file, findings, ...rest } = await reader.read(surface);
    return { ...rest, findings: findings.map((finding): Finding => ({ ...finding, file: null })) };
  });
}
