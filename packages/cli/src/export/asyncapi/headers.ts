import { HEADER } from '@hedge-telemetry/fleet';

/** What the headers of a record in NATS say; `docs/fleet.md` has the same in prose. */
const MEANINGS = {
  source: { description: 'Host and directory that the ledger lies on.', type: 'string' },
  generation: {
    description: 'First 64 bits of the SHA-256 of the first line of the ledger, in hexadecimal: its generation.',
    type: 'string',
  },
  previous: { description: 'The same of the generation before; absent where none is known.', type: 'string' },
  offset: { description: 'Byte offset of the line in its generation.', type: 'string', pattern: '^\\d+$' },
  length: { description: 'Bytes of the line, its newline included.', type: 'string', pattern: '^\\d+$' },
  line: { description: 'First 64 bits of the SHA-256 of the line; absent where it was redacted.', type: 'string' },
  finding: {
    description: 'Rule of the finding on a line that is no JSON, or torn: it was sent as it is.',
    type: 'string',
  },
  withheld: {
    description: 'The payload is not the line: parts of it are replaced, or it is empty.',
    type: 'string',
    enum: ['redacted', 'secret', 'too-large'],
  },
  bookmark: {
    description: 'A record without a line: it repeats where a quiet ledger stands.',
    type: 'string',
  },
} as const satisfies Partial<Record<keyof typeof HEADER, object>>;

/** The schema of the headers of a record that carries a line of a ledger. */
export function recordHeaders(): Record<string, unknown> {
  const named = Object.entries(MEANINGS).map(([key, schema]) => [HEADER[key as keyof typeof MEANINGS], schema]);
  return {
    description: 'Where a line stands in its ledger, and what was done to it on its way.',
    type: 'object',
    properties: Object.fromEntries(named) as Record<string, object>,
  };
}
