import { ledgerNames, registry } from '@hedge-telemetry/contract';
import type { LedgerName } from '@hedge-telemetry/contract';
import type { Bundle } from '@hedge-telemetry/evolution';
import { NAME_RULE, eventStream, eventSubject } from '@hedge-telemetry/fleet';
import { recordHeaders } from './headers.js';
import { mergeSchemas, payloadSchemas } from './payload.js';

/** What the document is made from, besides the registry. */
export interface LedgerSources {
  /** Self-contained schema of each ledger's line. */
  readonly bundles: Readonly<Record<LedgerName, Bundle>>;
  /** Valid lines of each ledger by name. */
  readonly examples: Readonly<Record<LedgerName, readonly Example[]>>;
}

export interface Example {
  readonly name: string;
  readonly payload: unknown;
}

type Json = Record<string, unknown>;

const HEADERS = 'RecordHeaders';
/** The parameters of a subject, as an address spells them. */
const PLACE = { env: '{env}', executor: '{executor}' };

/**
 * The ledgers as an AsyncAPI 3 document: each is a channel twice, as the file that the executor appends to and as the NATS
 * subject that carries its lines; both hold the same payload.
 */
export function asyncApiDocument({ bundles, examples }: LedgerSources, version: string): Json {
  const schemas = mergeSchemas(ledgerNames.map((name) => payloadSchemas(bundles[name])));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'hedge-telemetry: ledgers',
      version,
      description:
        'The append-only ledgers of a crypto-futures executor, as files below its logs directory and as records in NATS JetStream. What is not known is null, never 0. Extensions: x-unit is the unit of a value, x-null and x-absent say what null and a missing key mean.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: { logs, nats },
    channels: entries((name) => [
      [fileChannel(name), fileChannelOf(name)],
      [natsChannel(name), natsChannelOf(name)],
    ]),
    operations: entries((name) => [
      [`${name}.append`, operation('send', fileChannel(name), name, 'line', registry[name].writer)],
      [`${name}.tail`, operation('receive', fileChannel(name), name, 'line', 'Reads the lines as they are appended.')],
      [`${name}.carry`, operation('send', natsChannel(name), name, 'record', CARRY)],
      [`${name}.follow`, operation('receive', natsChannel(name), name, 'record', FOLLOW)],
    ]),
    components: {
      messages: entries((name) => [
        [`${name}.line`, { ...message(name), examples: examples[name] }],
        [`${name}.record`, { ...message(name), description: RECORD, headers: schemaRef(HEADERS) }],
      ]),
      schemas: { ...schemas, [HEADERS]: recordHeaders() },
    },
  };
}

const CARRY = 'The sync beside the executor sends each line once, in order, chained to the record before it.';
const FOLLOW = 'Dashboards and other consumers read the stream from any place.';
const RECORD =
  'One line of the ledger with its newline. A bookmark, and a line that stayed at home (Tlm-Withheld: secret, too-large), have an empty payload.';

const logs = {
  host: '{logs}',
  protocol: 'file',
  description: 'Logs directory of an executor, or a mirror of it. One JSON document a line, UTF-8, ended by a newline.',
  variables: { logs: { default: 'logs', description: 'Path of the directory.' } },
};

const nats = {
  host: '{host}',
  protocol: 'nats',
  description: 'NATS server 2.9 or newer with JetStream.',
  variables: { host: { default: '127.0.0.1:4222', description: 'Address and port.' } },
};

const parameters = {
  env: { description: `Environment, e.g. prod: ${NAME_RULE}.` },
  executor: { description: `Executor: ${NAME_RULE}.` },
};

function fileChannel(name: LedgerName): string {
  return `${name}.file`;
}

function natsChannel(name: LedgerName): string {
  return `${name}.nats`;
}

function fileChannelOf(name: LedgerName): Json {
  const { file, title, description, cadence, owner, sensitivity } = registry[name];
  return {
    address: file,
    title,
    description: `${description} ${cadence} Owner: ${owner}. Sensitivity: ${sensitivity}.`,
    servers: [{ $ref: '#/servers/logs' }],
    messages: { line: messageRef(`${name}.line`) },
  };
}

function natsChannelOf(name: LedgerName): Json {
  return {
    address: eventSubject(PLACE, name),
    title: registry[name].title,
    description: `Subject of stream ${eventStream(PLACE)}, which holds the ledgers of one executor.`,
    servers: [{ $ref: '#/servers/nats' }],
    parameters,
    messages: { record: messageRef(`${name}.record`) },
  };
}

function operation(action: 'send' | 'receive', channel: string, name: LedgerName, kind: string, summary: string): Json {
  return {
    action,
    channel: { $ref: `#/channels/${channel}` },
    summary,
    tags: [{ name }],
    messages: [{ $ref: `#/channels/${channel}/messages/${kind}` }],
  };
}

function message(name: LedgerName): Json {
  const { title, version, schemaTag } = registry[name];
  return {
    name,
    title,
    summary: `A line of ${name}, version ${version}, tag ${schemaTag}.`,
    contentType: 'application/json',
    payload: schemaRef(name),
  };
}

function messageRef(name: string): Json {
  return { $ref: `#/components/messages/${name}` };
}

function schemaRef(name: string): Json {
  return { $ref: `#/components/schemas/${name}` };
}

function entries(of: (name: LedgerName) => [string, Json][]): Json {
  return Object.fromEntries(ledgerNames.flatMap(of));
}
