import { UNWRITTEN } from '../releases/steps.js';
import type { Schema } from '../tree/load.js';
import { arrowBody, code, WIDTH, keyed, list, literal, member, pascal } from './code.js';
import type { Code } from './code.js';
import { sameContent, scalar } from './scalar.js';
import { entriesOf } from './object-entries.js';
import { refOf, shapeOf } from './shape.js';
import type { Shape } from './shape.js';

/** One version, as the root that its references are resolved in and the name of its TypeScript type. */
export interface Side {
  readonly root: Schema;
  readonly type: string;
  readonly tag: string | null;
}

/** What is being generated: one direction between two versions. */
export interface Conversion {
  readonly from: Side;
  readonly to: Side;
  /** "up" or "down"; names the helper functions. */
  readonly name: string;
  /** Key of the old version to key of the new one: x-renamed-from stands in the newer version. */
  readonly heirOf: (from: ReadonlyMap<string, Schema>, to: ReadonlyMap<string, Schema>) => ReadonlyMap<string, string>;
  /** Helper functions by name, in the order in which they are needed. */
  readonly helpers: Map<string, string>;
  /** Name of the helper that converts one shared type into another. */
  readonly shared: Map<string, string>;
  /** Keys of the old version that the new one has no place for. */
  readonly dropped: string[];
}

/** What stands at one place of the two versions. */
export interface Pair {
  readonly from: Schema;
  readonly to: Schema;
  /** Segments that lead there, for naming. */
  readonly path: readonly string[];
  /** TypeScript types of the two. */
  readonly types: readonly [from: string, to: string];
}

/** The expression of the new version's value, given that of the old one; null where it can be carried over as it is. */
export function convert(work: Conversion, pair: Pair, value: string): Code | null {
  const { from, to, path, types } = pair;
  const roots = [work.from.root, work.to.root] as const;
  if (sameContent(from, roots[0], to, roots[1])) return null;
  const [before, after] = [shapeOf(roots[0], from), shapeOf(roots[1], to)];
  if (before.kind !== after.kind || before.kind === 'other' || before.tag !== after.tag)
    return scalar(from, roots[0], to, roots[1], value);
  const plain = { ...pair, types: [present(types[0], before), present(types[1], after)] as const };
  if (before.kind === 'object' || before.kind === 'union')
    return guarded(value, before, after, code(`${helper(work, plain, before.kind)}(${value})`));
  const [segment, index] = before.kind === 'array' ? (['row', 'number'] as const) : (['value', 'string'] as const);
  const below: Pair = {
    from: before.each ?? {},
    to: after.each ?? {},
    path: [...path, segment],
    types: [`${plain.types[0]}[${index}]`, `${plain.types[1]}[${index}]`],
  };
  const each = convert(work, below, 'each');
  if (each === null) return scalar(from, roots[0], to, roots[1], value);
  return guarded(value, before, after, ofEach(before.kind, value, each));
}

/** The type without null and undefined; what a list, a map or a union holds is never undefined. */
function present(type: string, { nullable }: Shape): string {
  const given = /^Extract<|^\w+$|\[(number|string)\]$/.test(type);
  return given && !nullable ? type : `NonNullable<${type}>`;
}

function ofEach(kind: Shape['kind'], value: string, each: Code): Code {
  if (kind === 'array') return code(`${value}.map((each) => ${arrowBody(each.code)})`, each.remark);
  return code(`Object.fromEntries(Object.entries(${value}).map(([key, each]) => [key, ${each.code}]))`, each.remark);
}

function guarded(value: string, before: Shape, after: Shape, expression: Code): Code {
  if (!before.nullable) return expression;
  return code(`${value} === null ? ${after.nullable ? 'null' : UNWRITTEN} : ${expression.code}`, expression.remark);
}

/** Name of the function that converts the pair; two places that share their types share it. */
function helper(work: Conversion, pair: Pair, kind: 'object' | 'union'): string {
  const [from, to] = [refOf(pair.from), refOf(pair.to)];
  const key = from === null || to === null ? null : `${from} ${to}`;
  const known = key === null ? undefined : work.shared.get(key);
  if (known !== undefined) return known;
  const name = unused(work, `${work.name}${pair.path.map(pascal).join('')}`);
  if (key !== null) work.shared.set(key, name);
  work.helpers.set(name, '');
  work.helpers.set(name, kind === 'object' ? objectFunction(work, pair, name) : unionFunction(work, pair, name));
  return name;
}

function unused(work: Conversion, wanted: string): string {
  let name = wanted;
  for (let number = 2; work.helpers.has(name); number++) name = `${wanted}${number}`;
  return name;
}

/** The function that turns one record of a tagged union into its counterpart. */
export function unionFunction(work: Conversion, pair: Pair, name: string): string {
  const { from, to, path, types } = pair;
  const [before, after] = [shapeOf(work.from.root, from), shapeOf(work.to.root, to)];
  const tag = before.tag ?? '';
  const cases = [...before.branches].map(([value, branch]) => {
    const counterpart = after.branches.get(value);
    const typed = (type: string): string => `Extract<${type}, { ${keyed(tag)}: ${literal(value)} }>`;
    const result =
      counterpart === undefined
        ? code(UNWRITTEN, `${value} is no longer a ${tag}`)
        : (convert(
            work,
            { from: branch, to: counterpart, path: [...path, value], types: [typed(types[0]), typed(types[1])] },
            'document',
          ) ?? code('document'));
    const remark = result.remark === '' ? '' : ` // ${result.remark}`;
    return `    case ${literal(value)}:\n      return ${result.code};${remark}`;
  });
  return `${head(pair, name)}\n  switch (${member('document', tag)}) {\n${cases.join('\n')}\n  }\n}`;
}

/** The function that turns one object of the old version into one of the new. */
export function objectFunction(work: Conversion, pair: Pair, name: string): string {
  const { taken, set, dropped } = entriesOf(work, pair, convert);
  work.dropped.push(...dropped);
  const first = taken.length === 0 ? '...document' : '...rest';
  const names = [...taken, '...rest'].map((each) => code(each));
  const rest = taken.length === 0 ? '' : `${list('  const ', '{', names, '} = document;', '')}\n`;
  return `${head(pair, name)}\n${rest}${list('  return ', '{', [code(first), ...set], '};')}\n}`;
}

function head({ path, types }: Pair, name: string): string {
  const start = `${path.length === 0 ? 'export ' : ''}function ${name}(`;
  const flat = `${start}document: ${types[0]}): ${types[1]} {`;
  return flat.length <= WIDTH ? flat : `${start}\n  document: ${types[0]},\n): ${types[1]} {`;
}
