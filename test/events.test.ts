import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { interpret, registry } from '@hedge-telemetry/contract';
import { createReader } from '@hedge-telemetry/reader';
import { createWriter } from '@hedge-telemetry/writer';
import { describe, expect, it } from 'vitest';

import { eventKeys, eventTypes } from './contract-keys.js';
import { readJson, readLines, repository, runExecutor, withDirectory } from './support.js';

const file = registry.events.file;

describe('events.jsonl', () => {
  it('holds valid JSON with the keys of the contract, one record per line, and all six types', async () => {
    await withDirectory(async (logs) => {
      await runExecutor(logs, 200);
      const records = (await readLines(logs, file)) as Record<string, unknown>[];
      for (const record of records) {
        for (const key of eventKeys) expect(record).toHaveProperty([key]);
        expect(interpret('events', record)).toMatchObject({ dialect: 'canonical', findings: [] });
      }
      expect(new Set(records.map(({ type }) => type))).toEqual(new Set(eventTypes));
    });
  });

  it('keeps the order of the calls', async () => {
    await withDirectory(async (logs) => {
      const fill = (await readJson(repository, 'schemas/examples/events/valid/fill-typical.json')) as Record<
        string,
        unknown
      >;
      const writer = createWriter({ dir: logs });
      for (let index = 1; index <= 500; index += 1)
        expect(writer.append('events', { ...fill, qty: index } as never).ok).toBe(true);
      await writer.close();
      expect(((await readLines(logs, file)) as { qty: number }[]).map(({ qty }) => qty)).toEqual(
        Array.from({ length: 500 }, (_, index) => index + 1),
      );
    });
  });

  it('stays one line per record whatever text a record carries', async () => {
    await withDirectory(async (logs) => {
      const error = (await readJson(repository, 'schemas/examples/events/valid/error-typical.json')) as Record<
        string,
        unknown
      >;
      const texts = ['a\nb', 'a\r\nb', 'a\u2028b\u2029c', '\u0000', '"}\n{"ts":1}', '\u{1F4C8}'];
      const writer = createWriter({ dir: logs });
      for (const text of texts)
        expect(writer.append('events', { ...error, metadata: { text } } as never).ok).toBe(true);
      await writer.close();
      const raw = await readFile(path.join(logs, file), 'utf8');
      expect(raw.split(/[\n\r\u2028\u2029]/)).toHaveLength(texts.length + 1);
      expect(
        ((await readLines(logs, file)) as { metadata: { text: string } }[]).map(({ metadata }) => metadata.text),
      ).toEqual(texts);
    });
  });

  it('is never rewritten: what was there before stays byte for byte', async () => {
    await withDirectory(async (logs) => {
      await runExecutor(logs, 20);
      const before = await readFile(path.join(logs, file));
      await runExecutor(logs, 20);
      const after = await readFile(path.join(logs, file));
      expect(after.length).toBeGreaterThan(before.length);
      expect(after.subarray(0, before.length).equals(before)).toBe(true);
    });
  });

  it('refuses a malformed record and goes on', async () => {
    await withDirectory(async (logs) => {
      const fill = (await readJson(repository, 'schemas/examples/events/valid/fill-typical.json')) as Record<
        string,
        unknown
      >;
      const writer = createWriter({ dir: logs });
      expect(writer.append('events', { ...fill, type: 'liquidation' } as never)).toMatchObject({
        ok: false,
        findings: [{ rule: 'unknown-tag', pointer: '/type' }],
      });
      expect(writer.append('events', { ...fill, price: '90210.0' } as never).ok).toBe(false);
      expect(writer.append('events', fill as never).ok).toBe(true);
      await writer.close();
      const entries = [];
      for await (const entry of createReader({ dir: logs }).tail('events')) entries.push(entry);
      expect(entries).toMatchObject([{ record: { type: 'fill' }, findings: [] }]);
    });
  });
});
