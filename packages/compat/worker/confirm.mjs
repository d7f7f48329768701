/**
 * Judges documents by ajv and by @hyperjump/json-schema. A thread of its own, because the second of the two is
 * asynchronous, and because a pattern that backtracks for ever can only be stopped from outside. It sleeps between
 * requests without returning to its event loop, which takes far less time than waking it up from there.
 */
import { receiveMessageOnPort, workerData } from 'node:worker_threads';

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
  meta: false,
  validateSchema: false,
  logger: false,
  messages: false,
  code: { optimize: false },
  loopRequired: 4,
  ownProperties: true,
};
const naming = /"(?:\$?id|\$\w*[aA]nchor|\$(?:dynamic|recursive)Ref)":|"\$ref":"(?!#\/)/;
const mostCompiled = 1000;

const shared = new Map();
const compiled = new Map();
let serial = 0;

for (const scheme of ['http', 'https', 'file']) removeUriSchemePlugin(scheme);
setShouldValidateFormat(true);
setShouldValidateSchema(false);

const { port, signal } = workerData;
for (let handled = 0; ; handled += 1) {
  // Being woken says nothing: the call that wakes may come after its request was already seen and answered.
  while (Atomics.load(signal, 0) === handled) Atomics.wait(signal, 0, handled);
  const { message } = receiveMessageOnPort(port);
  port.postMessage(await judge(message).catch((error) => String(error?.message ?? error)));
  Atomics.add(signal, 1, 1);
  Atomics.notify(signal, 1);
}

/** For each question one bit for ajv and one for hyperjump, set where it finds the value valid. */
async function judge({ schemas, questions }) {
  const validators = [];
  for (const schema of schemas) validators.push(await compile(schema));
  return questions.map(([index, value]) => {
    const { ajv, hyperjump } = validators[index];
    return (ajv(value) ? 1 : 0) | (hyperjump(value).valid ? 2 : 0);
  });
}

async function compile({ text, dialect, uri }) {
  const key = `${dialect}\n${text}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  if (compiled.size >= mostCompiled) {
    compiled.clear();
    shared.clear();
  }
  const validators = { ajv: byAjv(text, dialect), hyperjump: await byHyperjump(text, uri) };
  compiled.set(key, validators);
  return validators;
}

function byAjv(text, dialect) {
  const schema = read(text);
  const ajv = ajvFor(text, dialect);
  const check = ajv.compile(schema);
  if (typeof schema === 'object') ajv.removeSchema(schema);
  return check;
}

/** Schemas that name parts of themselves get an instance of their own, so that equal names do not collide. */
function ajvFor(text, dialect) {
  const unevaluated = text.includes('"unevaluated');
  if (naming.test(text)) return makeAjv(dialect, { ...settings, unevaluated });
  const key = `${dialect} ${unevaluated}`;
  const known = shared.get(key) ?? makeAjv(dialect, { ...settings, unevaluated, addUsedSchema: false });
  shared.set(key, known);
  return known;
}

function makeAjv(dialect, options) {
  const ajv = new makers[dialect](options);
  (addFormats.default ?? addFormats)(ajv);
  return ajv;
}

async function byHyperjump(text, dialectUri) {
  serial += 1;
  const uri = `https://compat.invalid/${serial}`;
  registerSchema(read(text), uri, dialectUri);
  try {
    return await validate(uri);
  } finally {
    unregisterSchema(uri);
  }
}

function read(text) {
  const schema = JSON.parse(text);
  if (typeof schema === 'object') delete schema.$schema;
  return schema;
}
