import { createRequire } from 'node:module';

import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { kebab, nullableRef, transform, typeModule } from '@hedge-telemetry/evolution';
import type { Schema, SchemaFile, SchemaSet } from '@hedge-telemetry/evolution';

import { banner, plainBanner } from '../banner.js';
import type { Output } from '../output.js';
import type { Source, Surface } from '../source.js';

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

/** One module per schema and view, and an index per folder. */
export function emitValidators({ set, surfaces }: Source): Output {
  const documents = surfaces.map(({ file }) => documentOf(file));
  const records = set.files.filter(({ kind }) => kind === 'record').map(documentOf);
  const dialects = set.files.filter(({ kind }) => kind === 'dialect').map(dialectOf);
  return new Map([
    ['validators/runtime.js', RUNTIME],
    ...emitFolder('writer', compiledBy(compiler(set, 'writer'), [...documents, ...records])),
    ...emitFolder('reader', compiledBy(compiler(set, 'reader'), documents)),
    ...emitFolder('legacy', compiledBy(compiler(set, 'reader'), dialects)),
    ...emitFolder('released', surfaces.flatMap(releasedOf)),
  ]);
}

interface Entry {
  /** Name under which the index holds the validator. */
  readonly key: string;
  readonly module: string;
  readonly file: SchemaFile;
}

interface Compiled extends Entry {
  readonly ajv: Ajv2020;
}

function documentOf(file: SchemaFile): Entry {
  return { key: file.name, module: kebab(file.name), file };
}

function dialectOf(file: SchemaFile): Entry {
  const key = `${file.path.split('/')[1]}/${file.name}`;
  return { key, module: typeModule(file).slice('legacy/'.length), file };
}

/** The reader views of older major versions, each from frozen schemas alone. */
function releasedOf({ older }: Surface): Compiled[] {
  return older.map(({ set, file, major }) => ({
    key: `${file.name}/v${major}`,
    module: `${kebab(file.name)}-v${major}`,
    file,
    ajv: compiler(set, 'reader'),
  }));
}

function compiledBy(ajv: Ajv2020, entries: readonly Entry[]): Compiled[] {
  return entries.map((each) => ({ ...each, ajv }));
}

function emitFolder(folder: string, entries: readonly Compiled[]): Output {
  const imports = entries.map(({ module }, index) => `import validate${index} from './${module}.js';`);
  const members = entries.map(({ key }, index) => `  ${JSON.stringify(key)}: validate${index},`);
  return new Map([
    ...entries.map(({ ajv, file, module }): [string, string] => [
      `validators/${folder}/${module}.js`,
      validatorModule(ajv, file),
    ]),
    [
      `validators/${folder}/index.js`,
      [plainBanner, ...imports, '', 'export const validators = {', ...members, '};', ''].join('\n'),
    ],
    [`validators/${folder}/index.d.ts`, indexTypes()],
  ]);
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

function validatorModule(ajv: Ajv2020, file: SchemaFile): string {
  const validate = ajv.getSchema(file.id);
  if (validate === undefined) throw new Error(`schemas/${file.path}: no schema of this id`);
  const code = standaloneCode(ajv, validate);
  if (/\brequire\(|\beval\(|new Function\b/.test(code))
    throw new Error(`schemas/${file.path}: the validator needs a run-time dependency`);
  return `${banner([file])}import { ucs2length } from '../runtime.js';\n${renumbered(code, file)}\n`;
}

const NUMBERED = /\b(validate|schema|pattern|func)(\d+)\b/g;

/** ajv numbers its names through all schemas; counted within one module, they do not change when another schema does. */
function renumbered(code: string, { path, schema }: SchemaFile): string {
  const clash = NUMBERED.exec(JSON.stringify(schema))?.[0];
  NUMBERED.lastIndex = 0;
  if (clash !== undefined) throw new Error(`schemas/${path}: ${clash} is a name that the validator needs`);
  const names = new Map<string, string>();
  return code.replace(NUMBERED, (name, kind: string) => {
    const known = names.get(name) ?? `${kind}${names.size}`;
    names.set(name, known);
    return known;
  });
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
