import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createRedactor } from './index.js';

interface Row {
  readonly id: string;
  readonly positive: boolean;
  readonly context: { readonly doc: unknown };
  readonly secrets: readonly string[];
}

const here = path.dirname(fileURLToPath(import.meta.url));
const corpus = process.env['TELEMETRY_CORPUS'] ?? path.resolve(here, '../../../../../shared/corpus');
const secrets = path.join(corpus, 'secrets.jsonl');
const redact = createRedactor({ env: {} });

function rows(): Row[] {
  return readFileSync(secrets, 'utf8')
    .trim()
    .split('\n')
    .map((line): Row => JSON.parse(line));
}

function files(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.jsonl?$/.test(name))
    .map((name) => path.join(directory, name));
}

function isLeft(row: Row): boolean {
  const out = JSON.stringify(redact(row.context.doc).value);
  return row.secrets.some((secret) => out.includes(secret) || out.includes(JSON.stringify(secret).slice(1, -1)));
}

describe.skipIf(!existsSync(secrets))('the corpus of secrets', () => {
  it('loses at least 97 % of its secrets', () => {
    const positives = rows().filter(({ positive }) => positive);
    const missed = positives.filter(isLeft).map(({ id }) => id);
    expect(missed.length / positives.length, missed.join(' ')).toBeLessThanOrEqual(0.03);
  });

  it('keeps at least 99 % of what only looks like one', () => {
    const negatives = rows().filter(({ positive }) => !positive);
    const taken = negatives.filter(({ context }) => redact(context.doc).value !== context.doc).map(({ id }) => id);
    expect(taken.length / negatives.length, taken.join(' ')).toBeLessThanOrEqual(0.01);
  });
});

describe.skipIf(!existsSync(path.join(corpus, 'real-logs')))('the files of a real executor', () => {
  it('pass unchanged', () => {
    const changed: string[] = [];
    for (const file of [...files(path.join(corpus, 'real-logs')), ...files(path.join(corpus, 'real-state'))]) {
      const text = readFileSync(file, 'utf8');
      for (const part of file.endsWith('.jsonl') ? text.split('\n') : [text]) {
        const document = parsed(part);
        const { value, findings } = redact(document);
        if (value !== document) changed.push(`${file}: ${JSON.stringify(findings)}`);
      }
    }
    expect(changed).toEqual([]);
  });
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
