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
import { createReader, readDocument } from '@hedge-telemetry/reader';
import type { SurfaceReading } from '@hedge-telemetry/reader';

import { prepare } from '../../packages/writer/src/prepare.js';
import { createRedaction } from '../../packages/writer/src/redact/index.js';
import type { Redaction } from '../../packages/writer/src/redact/index.js';
import { withDirectory } from '../support.js';
import { given, outcomeIn } from './case.js';
import type { Answer, Case, DocumentCase, Outcome, ParseCase, ReadCase, WriteCase } from './case.js';

const redactions = new Map<string, Redaction>();

/** What the TypeScript packages make of a case, as plain JSON data. */
export async function outcomeOf(each: Case): Promise<Outcome> {
  return outcomeIn(JSON.stringify(await answer(each)));
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
  const document: unknown = JSON.parse(text);
  return {
    write: written({ id, do: 'write', surface, text, now }),
    writer: validateWriterView(surface, document),
    reader: validateReaderView(surface, document),
    read: isStateName(surface)
      ? readingOf(readDocument(surface, Buffer.from(text), { now, file: surface }))
      : parsedLine({ id, do: 'parse', surface, bytes: Buffer.from(text).toString('base64') }),
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
    return readingOf(await reader.read(surface));
  });
}

function readingOf({ surface: _surface, file: _file, findings, ...rest }: SurfaceReading): Answer {
  return { ...rest, findings: findings.map((finding): Finding => ({ ...finding, file: null })) };
}
