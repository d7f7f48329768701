import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import { ledgerNames, registry, validateWriterView } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';
import { asyncApiText } from './index.js';

const parser = resolve(import.meta.dirname, '../../../test/asyncapi-faults.mjs');
const examples = resolve(import.meta.dirname, '../../../../../schemas/examples');
const committed = resolve(import.meta.dirname, '../../../../../docs/asyncapi.json');

interface Described {
  channels: Record<string, { address: string }>;
  components: {
    messages: Record<
      string,
      { examples?: { name: string; payload: Record<string, unknown> }[]; headers?: { $ref: string } }
    >;
    schemas: Record<string, Record<string, unknown>>;
  };
}

describe('the AsyncAPI document', () => {
  it('is the one that docs/asyncapi.json holds; "hedge-telemetry export asyncapi" with > mends a difference', async () => {
    expect(await asyncApiText()).toBe(readFileSync(committed, 'utf8'));
  });

  it('has no fault that the parser of AsyncAPI knows, and would have some if it were damaged', async () => {
    const text = await asyncApiText();
    const damaged = JSON.parse(text) as Described;
    delete damaged.components.schemas['OrderSide'];
    Object.assign(damaged.channels['events.nats'] ?? {}, { parameters: {} });
    const [found, expected] = faults([text, JSON.stringify(damaged)]);
    expect(found).toEqual([]);
    expect(expected).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^invalid-ref .*OrderSide/),
        expect.stringMatching(/^asyncapi3-channel-parameters .*env, executor/),
      ]),
    );
  }, 240_000);

  it('has every ledger as a file and as a NATS subject', async () => {
    const { channels } = JSON.parse(await asyncApiText()) as Described;
    expect(Object.values(channels).map(({ address }) => address)).toEqual(
      ledgerNames.flatMap((name) => [registry[name].file, `tlm.{env}.events.{executor}.${name}`]),
    );
  });

  it('says of every example in schemas/examples what the writer view says', async () => {
    const { components } = JSON.parse(await asyncApiText()) as Described;
    const ajv = new Ajv({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'https://asyncapi.example/', components });
    for (const name of ledgerNames) {
      const validate = ajv.getSchema(`https://asyncapi.example/#/components/schemas/${name}`);
      for (const folder of ['valid', 'invalid'])
        for (const file of readdirSync(resolve(examples, name, folder))) {
          const content: unknown = JSON.parse(readFileSync(resolve(examples, name, folder, file), 'utf8'));
          const payload = folder === 'valid' ? content : (content as { document: unknown }).document;
          expect(validate?.(payload), `${name}/${folder}/${file}`).toBe(validateWriterView(name, payload).length === 0);
        }
    }
  });

  it('shows a typical line of every kind', async () => {
    const { components } = JSON.parse(await asyncApiText()) as Described;
    const shown = components.messages['events.line']?.examples?.map(({ payload }) => payload['type']);
    expect(shown?.toSorted()).toEqual(['cancel', 'error', 'fill', 'order', 'refresh', 'router']);
    for (const name of ledgerNames) expect(components.messages[`${name}.line`]?.examples?.length).toBeGreaterThan(0);
  });

  it('keeps what stands beside a reference, with the unit of every value', async () => {
    const { components } = JSON.parse(await asyncApiText()) as Described;
    const properties = components.schemas['risk_vetoes']?.['properties'] as Record<string, unknown>;
    expect(properties['ts']).toEqual({
      description: expect.stringContaining('When the line was written'),
      allOf: [{ $ref: '#/components/schemas/IsoTimestamp' }],
    });
    expect(properties['strategy']).toMatchObject({ 'x-unit': 'none', 'x-null': 'The gate was not told.' });
  });
});

/** What the parser finds in each text, but that there is a later version than 3.0, which fewer tools read. */
function faults(texts: readonly string[]): string[][] {
  const printed = execFileSync(process.execPath, [parser], { input: JSON.stringify(texts), encoding: 'utf8' });
  return (JSON.parse(printed) as { code: string; message: string }[][]).map((found) =>
    found.filter(({ code }) => code !== 'asyncapi-latest-version').map(({ code, message }) => `${code} ${message}`),
  );
}
