import { createRequire } from 'node:module';

import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { kebab, nullableRef, transform, typeModule } from '@hedge-telemetry/evolution';
import type { Schema, SchemaFile, SchemaSet } from '@hedge-telemetry/evolution';

import { banner, plainBanner } from '../banner.js';
import type { Output } from '../output.js';

/** writer: closed and strict, what may be emitted. reader: open, unknown keys are kept. */
type View = 'writer' | 'reader';

const RUNTIME = `${plainBanner}
/** Length of a string in code points. */
export function ucs2length(text) {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}
`;

const standaloneCode = standalone.default;
inlineRuntime();

/** One module per schema and view, and an index per view. */
export function emitValidators(set: SchemaSet): Output {
  const output: Output = new Map([['validators/runtime.js', RUNTIME]]);
  const documents = set.files.filter((each) => each.kind === 'state' || each.kind === 'ledger');
  const dialects = set.files.filter((each) => each.kind === 'dialect');
  const records = set.files.filter((each) => each.kind === 'record');
  emitView(output, set, 'writer', 'writer', [...documents, ...records]);
  emitView(output, set, 'reader', 'reader', documents);
  emitView(output, set, 'reader', 'legacy', dialects);
  return output;
}

/** The name under which the index of a view holds a validator. */
export function validatorName(file: SchemaFile): string {
  return file.kind === 'dialect' ? `${file.path.split('/')[1]}/${file.name}` : file.name;
}

function emitView(output: Output, set: SchemaSet, view: View, folder: string, files: readonly SchemaFile[]): void {
  const ajv = compiler(set, view);
  for (const file of files) output.set(`validators/${folder}/${moduleName(file)}.js`, validatorModule(ajv, file));
  const imports = files.map((file, index) => `import validate${index} from './${moduleName(file)}.js';`);
  const entries = files.map((file, index) => `  ${JSON.stringify(validatorName(file))}: validate${index},`);
  output.set(
    `validators/${folder}/index.js`,
    [plainBanner, ...imports, '', 'export const validators = {', ...entries, '};', ''].join('\n'),
  );
  output.set(`validators/${folder}/index.d.ts`, indexTypes());
}

function indexTypes(): string {
  return `${plainBanner}
/** One way in which a document breaks its schema. */
export interface ValidationError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** True when the document is valid; \`errors\` holds every violation of the last call otherwise. */
export interface Validator {
  (document: unknown): boolean;
  errors: readonly ValidationError[] | null;
}

export declare const validators: Readonly<Record<string, Validator>>;
`;
}

function moduleName(file: SchemaFile): string {
  return file.kind === 'dialect' ? typeModule(file).slice('legacy/'.length) : kebab(file.name);
}

function validatorModule(ajv: Ajv2020, file: SchemaFile): string {
  const validate = ajv.getSchema(file.id);
  if (validate === undefined) throw new Error(`schemas/${file.path}: no schema of this id`);
  const code = standaloneCode(ajv, validate);
  if (/\brequire\(|\beval\(|new Function\b/.test(code))
    throw new Error(`schemas/${file.path}: the validator needs a run-time dependency`);
  return `${banner([file])}import { ucs2length } from '../runtime.js';\n${code}\n`;
}

function compiler(set: SchemaSet, view: View): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    allowUnionTypes: true,
    code: { source: true, esm: true, lines: true },
    discriminator: true,
    messages: false,
    strict: true,
    strictRequired: true,
    strictTuples: true,
    strictTypes: true,
    unicodeRegExp: true,
  });
  for (const file of set.files) ajv.addSchema(viewOf(file.schema, view));
  return ajv;
}

/** The schema of a view, without our keywords; written so that ajv reports one error per cause. */
function viewOf(schema: Schema, view: View): Schema {
  return transform(schema, (each) => {
    const copy: Schema = {};
    for (const [keyword, value] of Object.entries(each)) if (!isAnnotation(keyword)) copy[keyword] = value;
    if (view === 'reader' && copy['additionalProperties'] === false) delete copy['additionalProperties'];
    if (typeof each['x-tag'] === 'string')
      Object.assign(copy, { type: 'object', discriminator: { propertyName: each['x-tag'] } });
    const ref = nullableRef(each);
    if (ref !== null) {
      delete copy['anyOf'];
      Object.assign(copy, { if: { not: { type: 'null' } }, then: { $ref: ref } });
    }
    return copy;
  });
}

function isAnnotation(keyword: string): boolean {
  return keyword.startsWith('x-') || keyword === 'title' || keyword === 'description';
}

/** ajv emits require() for its run-time helpers; these hooks make it emit a name that the module imports. */
function inlineRuntime(): void {
  const require = createRequire(import.meta.url);
  const ucs2length = require('ajv/dist/runtime/ucs2length') as { default: { code: string } };
  ucs2length.default.code = 'ucs2length';
}
