import type { Schema, SchemaFile, SchemaSet } from './load.js';
import { definitions, resolveRef, typeName } from './resolve.js';
import type { Target } from './resolve.js';
import { transform } from './walk.js';

/** A schema that stands on its own, and where its parts came from. */
export interface Bundle {
  readonly surface: string;
  /** All `$ref`s are local; `$defs` holds the schema's own definitions first, then those of other files by name. */
  readonly schema: Schema;
  /** The file below schemas/ and the pointer within it that a pointer of the bundle stands for. */
  readonly origin: (pointer: string) => Place;
}

export interface Place {
  readonly file: string;
  readonly pointer: string;
}

/** Makes one self-contained schema of a file and everything it refers to. Throws where two definitions share a name. */
export function bundle(set: SchemaSet, file: SchemaFile): Bundle {
  const own = definitions(file.schema);
  const borrowed = new Map<string, { target: Target; schema: Schema }>();
  const rewritten = (within: SchemaFile, schema: Schema): Schema =>
    transform(schema, (each) => {
      if (typeof each['$ref'] !== 'string') return each;
      const target = resolveRef(set, within, each['$ref']);
      if (target.file === file && target.definition === null) return { ...each, $ref: '#' };
      const name = typeName(target);
      if (target.file !== file) borrow(name, target);
      return { ...each, $ref: `#/$defs/${name}` };
    });
  const borrow = (name: string, target: Target): void => {
    const known = borrowed.get(name);
    if (Object.hasOwn(own, name) || (known !== undefined && known.target.schema !== target.schema))
      throw new Error(`schemas/${file.path}: the definition ${name} is also one of schemas/${target.file.path}`);
    if (known !== undefined) return;
    borrowed.set(name, { target, schema: {} });
    borrowed.set(name, { target, schema: rewritten(target.file, target.schema) });
  };
  const root = rewritten(file, file.schema);
  const names = [...borrowed.keys()].toSorted();
  const others = Object.fromEntries(names.map((name) => [name, borrowed.get(name)?.schema]));
  const { $defs: ownDefinitions, ...rest } = root;
  const all = { ...(ownDefinitions as Record<string, Schema> | undefined), ...others };
  return {
    surface: file.name,
    schema: Object.keys(all).length === 0 ? rest : { ...rest, $defs: all },
    origin: (pointer) => {
      const [head, name] = /^\/\$defs\/([^/]+)/.exec(pointer) ?? ['', ''];
      const source = borrowed.get(name)?.target;
      if (source === undefined) return { file: file.path, pointer };
      return { file: source.file.path, pointer: source.definition === null ? pointer.slice(head.length) : pointer };
    },
  };
}
