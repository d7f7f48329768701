/**
 * Judges documents by ajv and by @hyperjump/json-schema. A thread of its own, because the second of the two is
 * asynchronous, and because a pattern that backtracks for ever can only be stopped from outside.
 */
import { parentPort, workerData } from 'node:worker_threads';

import { removeUriSchemePlugin } from '@hyperjump/browser';
import {
  registerSchema,
  setShouldValidateFormat,
  setShouldValidateSchema,
  unregisterSchema,
  validate,
} from '@hyperjump/json-schema/draft-2020-12';
import Ajv from 'ajv';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import Ajv2019 from 'ajv/dist/2019.js';
import Ajv2020 from 'ajv/dist/2020.js';

await Promise.all([
  import('@hyperjump/json-schema/draft-04'),
  import('@hyperjump/json-schema/draft-06'),
  import('@hyperjump/json-schema/draft-07'),
  import('@hyperjump/json-schema/draft-2019-09'),
  import('@hyperjump/json-schema/formats'),
]);

const makers = {
  'draft-04': AjvDraft04.default ?? AjvDraft04,
  'draft-06': Ajv.default ?? Ajv,
  'draft-07': Ajv.default ?? Ajv,
  '2019-09': Ajv2019.default ?? Ajv2019,
  '2020-12': Ajv2020.default ?? Ajv2020,
};
const settings = {
  strict: false,
  validateSchema: false,
  logger: false,
  messages: false,
  code: { optimize: false },
  ownProperties: true,
};
const referring = /"(?:\$?id|\$\w*(?:Anchor|anchor|Ref|ref))":/;
const mostCompiled = 500;

const shared = new Map();
const compiled = new Map();
let serial = 0;

for (const scheme of ['http', 'https', 'file']) removeUriSchemePlugin(scheme);
setShouldValidateFormat(true);
setShouldValidateSchema(false);

const { port, signal } = workerData;
port.on('message', async (request) => {
  const answer = await judge(request).catch((error) => ({ error: String(error?.message ?? error) }));
  port.postMessage(answer);
  Atomics.add(signal, 0, 1);
  Atomics.notify(signal, 0);
});
parentPort?.unref();

/** For each document what ajv and hyperjump say of it under each of the two schemas. */
async function judge({ schemas, documents }) {
  const [old, next] = [await compile(schemas[0]), await compile(schemas[1])];
  return {
    verdicts: documents.map((document) => [
      [old.ajv(document), old.hyperjump(document)],
      [next.ajv(document), next.hyperjump(document)],
    ]),
  };
}

async function compile({ text, dialect, uri }) {
  const key = `${dialect}\n${text}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  if (compiled.size >= mostCompiled) compiled.clear();
  const validators = { ajv: byAjv(text, dialect), hyperjump: await byHyperjump(text, uri) };
  compiled.set(key, validators);
  return validators;
}

function byAjv(text, dialect) {
  const schema = JSON.parse(text);
  if (typeof schema === 'object') delete schema.$schema;
  const check = ajvFor(text, dialect).compile(schema);
  return (document) => Boolean(check(document));
}

function ajvFor(text, dialect) {
  const alone = referring.test(text);
  const known = shared.get(dialect);
  if (known !== undefined && !alone) return known;
  const ajv = new makers[dialect](alone ? settings : { ...settings, addUsedSchema: false });
  (addFormats.default ?? addFormats)(ajv);
  if (!alone) shared.set(dialect, ajv);
  return ajv;
}

async function byHyperjump(text, dialectUri) {
  const schema = JSON.parse(text);
  if (typeof schema === 'object') delete schema.$schema;
  serial += 1;
  const uri = `https://compat.invalid/${serial}`;
  registerSchema(schema, uri, dialectUri);
  try {
    const check = await validate(uri);
    return (document) => check(document).valid;
  } finally {
    unregisterSchema(uri);
  }
}
